/**
 * A page that shows any form: `forms.html?kind=visit&group=baduta&lang=en`, with `&many` a village full of people.
 *
 * The rule this module protects: *every form can be looked at without a device*.
 */

import { render } from 'preact'
import type { Json, Schema } from '../../src/phone/contract'
import { FormScreen } from '../../src/forms/form_screen'
import { lang } from '../../src/forms/words'
import { PretendPhone } from './forms'
import { read_schema, type Core } from './schema'

const asked = new URLSearchParams(location.search)
lang.value = asked.get('lang') === 'en' ? 'en' : 'id'
document.documentElement.lang = lang.value

const core_url = '/target/wasm/app_core.js'
const core = (await import(/* @vite-ignore */ core_url)) as Core & {
  initSync(from: { module: ArrayBuffer }): void
}
core.initSync({ module: await (await fetch('/target/wasm/app_core_bg.wasm')).arrayBuffer() })
const schema: Schema = read_schema(core)
const phone = new PretendPhone(schema)
const kind = asked.get('kind') ?? 'visit'
const group = asked.get('group') ?? 'baduta'
const given: { [field: string]: Json } =
  kind === 'visit'
    ? { household_id: 'household-1', subject_id: 'm-1', target_group: group, child_age_days: 245 }
    : {}
if (asked.has('many')) {
  const [first] = await phone.choices('member', '')
  const many = Array.from({ length: 60 }, (_, at) => ({ ...first!, id: `m-${at}`, title: `Warga ${at}` }))
  phone.choices = async (_kind, text) => many.filter((row) => row.title.includes(text))
}
Object.assign(window, { phone })
render(
  <FormScreen
    kind={kind}
    given={given}
    phone={phone.as_phone()}
    schema={schema}
    onDone={() => location.reload()}
    onLeave={() => location.reload()}
    say_advice={(advice) => advice.words}
  />,
  document.getElementById('app')!,
)
