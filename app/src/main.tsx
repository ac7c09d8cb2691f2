/**
 * The beginning: connects to the phone and draws the app.
 *
 * The rule this module protects: *something is on the screen before the phone answers*.
 */
import { render } from 'preact'
import { App } from './app'
import { connect } from './phone/client'
import { begin, setTextSize, textSize } from './state'
import './ui/tokens.css'
import './ui/base.css'
import './ui/parts.css'
import './ui/screen.css'
import { lang, speak } from './words/words'

speak(lang.value)
setTextSize(textSize.value)
// The worker starts while the page draws.
const { phone, on } = connect()
const root = document.getElementById('app')
if (root) render(<App />, root)
// Told before the phone is opened: its lists speak the same language.
lang.subscribe((spoken) => void phone.speak(spoken))
void begin(phone, on)
