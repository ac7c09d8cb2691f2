/**
 * What happens beside visits and kitchens: classes, business groups and their sales, the Kampung KB.
 *
 * The rule this module protects: *the bottom edge adds what is added most often*; the rest is added beside
 * its list.
 */
import { go, route } from '../route'
import { Segmented } from '../ui/choices'
import { Button, Section } from '../ui/parts'
import { Screen } from '../ui/screen'
import { words } from '../words/words'
import { Rows } from './rows'

type View = 'kie' | 'uppka' | 'kampung'

const mostAdded: Record<View, string> = {
  kie: 'education_session',
  uppka: 'uppka_sale',
  kampung: 'kampung_kb_activity',
}

export function ActivitiesScreen() {
  const w = words.value.activities
  const asked = route.value.query.get('lihat')
  const view: View = asked === 'uppka' || asked === 'kampung' ? asked : 'kie'
  const add = view === 'kie' ? w.addKie : view === 'uppka' ? w.addSale : w.addEvent
  const none = { none: w.none, noneText: w.noneText, level: 3 as const }
  return (
    <Screen
      title={words.value.app.activities}
      action={
        <Button look="main" icon="plus" to={`/isi/${mostAdded[view]}`}>
          {add}
        </Button>
      }
    >
      <Segmented<View>
        label={words.value.app.activities}
        value={view}
        options={[
          { value: 'kie', text: w.kie },
          { value: 'uppka', text: w.uppka },
          { value: 'kampung', text: w.kampung },
        ]}
        onChange={(next) => go(`/kegiatan?lihat=${next}`, true)}
      />
      {view === 'kie' && (
        <Section title={w.sessions}>
          <Rows kind="education_session" icon="chat" art="book" {...none} />
        </Section>
      )}
      {view === 'uppka' && (
        <>
          <Section title={w.sales}>
            <Rows kind="uppka_sale" icon="basket" art="pot" {...none} />
          </Section>
          <Section title={w.groups}>
            <Rows kind="uppka_group" icon="people" art="family" add={w.addGroup} {...none} />
          </Section>
        </>
      )}
      {view === 'kampung' && (
        <>
          <Section title={w.events}>
            <Rows kind="kampung_kb_activity" icon="flag" art="rest" {...none} />
          </Section>
          <Section title={w.villages}>
            <Rows kind="kampung_kb" icon="home" art="barn" add={w.addVillage} {...none} />
          </Section>
        </>
      )}
    </Screen>
  )
}
