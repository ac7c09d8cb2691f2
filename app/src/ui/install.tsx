/**
 * The offer to put the app on the home screen, when the browser makes one.
 *
 * The rule this module protects: *installed, the store is kept*: the browser does not clear it when space
 * runs out.
 */
import { signal } from '@preact/signals'
import { words } from '../words/words'
import { Icon } from './icon'
import { Row } from './parts'

interface Offer extends Event {
  prompt(): Promise<unknown>
}

const offer = signal<Offer | null>(null)

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offer.value = event as Offer
})
window.addEventListener('appinstalled', () => {
  offer.value = null
})

export function InstallRow() {
  const made = offer.value
  const w = words.value.more
  if (!made) return null
  // An offer can be shown once only.
  const show = () =>
    void made.prompt().then(() => {
      offer.value = null
    })
  return <Row before={<Icon name="save" />} name={w.install} under={w.installText} onPress={show} />
}
