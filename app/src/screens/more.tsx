/**
 * Everything else: language, text size, PIN, colleagues, practice, help, who to call, what this is.
 *
 * The rule this module protects: *settings are few and each shows at once what it does*.
 */
import type { Contact, Me } from '../phone/contract'
import { phone, setTextSize, textSize, useAsked, type TextSize } from '../state'
import { Art } from '../ui/art'
import { Empty } from '../ui/empty'
import { Icon, type IconName } from '../ui/icon'
import { InstallRow } from '../ui/install'
import { Segmented, Toggle } from '../ui/choices'
import { Avatar, Button, Card, Row, Section, Skeletons } from '../ui/parts'
import { enter, Screen } from '../ui/screen'
import { words } from '../words/words'
import { LanguageChoice } from './welcome'

declare const __APP_VERSION__: string | undefined
const version = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : '0'

function Settings() {
  const w = words.value.more
  const sizes: TextSize[] = [0, 1, 2]
  return (
    <Card>
      <div class="stack">
        <p class="label" style="margin:0">
          <Icon name="language" size={20} />
          {w.language}
        </p>
        <LanguageChoice />
        <p class="label" style="margin:0">
          <Icon name="text" size={20} />
          {w.textSize}
        </p>
        <Segmented
          label={w.textSize}
          value={String(textSize.value)}
          options={sizes.map((size) => ({ value: String(size), text: w.sizes[size] ?? '' }))}
          onChange={(size) => setTextSize(Number(size) as TextSize)}
        />
        <p class="soft">{w.sample}</p>
      </div>
    </Card>
  )
}

export function MoreScreen(props: { me: Me; practice: boolean }) {
  const w = words.value.more
  const line = (icon: IconName, name: string, to: string, under?: string) => (
    <Row before={<Icon name={icon} />} name={name} under={under} to={to} />
  )
  return (
    <Screen title={w.title}>
      <div class="who">
        <Avatar name={props.me.name} group="baduta" large />
        <div>
          <h2 class="name">{props.me.name}</h2>
          <p class="soft">
            {[w.roles[props.me.role], props.me.places.map(({ name }) => name).join(', ')]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
      </div>
      <Card look="flush">
        <InstallRow />
        {line('upload', w.sending, '/kirim')}
        {line('help', w.help, '/lainnya/bantuan', w.helpText)}
        {line('phone', w.contact, '/lainnya/kontak', w.contactText)}
      </Card>
      <Section title={w.settings}>
        <Settings />
      </Section>
      <Card look="flush">
        {line('key', w.pin, '/lainnya/pin')}
        {line('people', w.colleague, '/lainnya/teman')}
        <Toggle
          icon="practice"
          name={w.practice}
          under={w.practiceText}
          on={props.practice}
          onChange={(on) => void enter(on ? phone.practise() : phone.end_practice())}
        />
        <Row before={<Icon name="lock" />} name={w.lock} onPress={() => void enter(phone.lock())} />
        {line('info', w.about, '/lainnya/tentang')}
      </Card>
    </Screen>
  )
}

/** Digits as an address wants them: 0812... is +62 812... */
export function international(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.startsWith('0') ? '62' + digits.slice(1) : digits
}

function ContactCard(props: { contact: Contact }) {
  const { name, role, phone: number } = props.contact
  const w = words.value.more
  return (
    <Card>
      <div class="who">
        <Avatar name={name} group="baduta" />
        <div>
          <h2 class="contact-name">{name}</h2>
          <p class="soft">{w.roles[role] ?? role}</p>
          <p>{number}</p>
        </div>
      </div>
      <div class="buttons after">
        <a class="button soft" href={`tel:+${international(number)}`}>
          <Icon name="phone" size={22} />
          {w.call}
        </a>
        <a
          class="button soft"
          href={`https://wa.me/${international(number)}`}
          rel="noopener noreferrer"
          target="_blank"
        >
          <Icon name="chat" size={22} />
          {w.whatsapp}
        </a>
      </div>
    </Card>
  )
}

export function ContactScreen() {
  const w = words.value.more
  const asked = useAsked(() => phone.contacts(), [])
  return (
    <Screen title={w.contact} parent="/lainnya">
      {!asked.value && !asked.failed && <Skeletons heights={[8]} />}
      {asked.value?.map((contact) => (
        <ContactCard key={contact.phone} contact={contact} />
      ))}
      {(asked.failed || asked.value?.length === 0) && (
        <Empty art="letter" title={w.contactNone} text={w.contactNoneText} />
      )}
      <Button wide icon="chat" to="/isi/message">
        {w.ask}
      </Button>
    </Screen>
  )
}

export function AboutScreen() {
  const w = words.value.more
  const schema = useAsked(() => phone.schema(), [])
  return (
    <Screen title={w.about} parent="/lainnya">
      <div class="centre">
        <Art name="barn" size={7} />
        <h2>{words.value.app.name}</h2>
        <p class="soft">{w.aboutText}</p>
      </div>
      <Card>
        <dl class="facts">
          <dt>{w.version}</dt>
          <dd>{version}</dd>
          <dt>{w.schema}</dt>
          <dd>{schema.value?.version ?? ''}</dd>
          <dt>{w.licence}</dt>
          <dd>{w.licenceText}</dd>
        </dl>
      </Card>
    </Screen>
  )
}
