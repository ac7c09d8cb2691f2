/** Starts the phone. */

import { connect } from './phone/client'

const { phone } = connect()
void phone.life().then((life) => document.getElementById('app')!.append(life.is))
