/**
 * All families: search as she types, filters as chips, a list of any length.
 *
 * The rule this module protects: *a name is found in the time it takes to say it*. Searching and filtering
 * is the phone's; this screen remembers what was asked, so that back from a family comes to the same place.
 */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { FamilyRow, Hit, TargetGroup } from '../phone/contract'
import { address, route } from '../route'
import { phone, useAsked, usePainted } from '../state'
import { Empty, Failed } from '../ui/empty'
import { Icon } from '../ui/icon'
import { Chip } from '../ui/choices'
import { Avatar, Button, Card, HomeAvatar, Link, Row, Skeletons } from '../ui/parts'
import { Screen } from '../ui/screen'
import { SearchBox } from '../ui/search_box'
import { Sheet } from '../ui/sheet'
import { Windowed } from '../ui/windowed'
import { age, count, daysBetween, nearDay, today } from '../words/format'
import { words } from '../words/words'

interface Filter {
  rt?: string
  group?: TargetGroup
  at_risk?: boolean
}

const filter = signal<Filter>({})
const text = signal('')
/** Of all families: remembered while a filter hides some. */
const rts = signal<string[]>([])
const ROW_REM = 5.25
/** As many as the first screen holds. */
const HITS_FIRST = 6

export const groupOrder: TargetGroup[] = [
  'catin',
  'pregnant',
  'postpartum',
  'baduta',
  'balita',
  'pus',
  'teen',
  'other',
]

export function groupsSaid(groups: TargetGroup[]): string {
  return groups.map((group) => words.value.groups[group]).join(', ')
}

/** A day that is over is said as late, as on the page of today. */
function dueOn(day: string): string {
  const late = daysBetween(day, today())
  return late > 0 ? words.value.time.late(late) : nearDay(day)
}

function Family(props: { family: FamilyRow }) {
  const { family } = props
  const w = words.value
  return (
    <Link to={address('keluarga', family.id)} class="row family-row">
      <HomeAvatar risk={family.at_risk} />
      <span class="main-text">
        <span class="name">{family.head}</span>
        <span class="under one-line">
          {family.next_due && family.urgency && family.urgency !== 'later' && (
            <>
              <span class={`${family.urgency}-ink`}>{dueOn(family.next_due)}</span>
              {' · '}
            </>
          )}
          {[`RT\u00a0${family.rt}`, groupsSaid(family.groups) || w.families.people(family.people)].join(
            ' · ',
          )}
        </span>
      </span>
      <Icon name="chevron" size={18} class="chevron" />
    </Link>
  )
}

export function HitRow(props: { hit: Hit }) {
  const { hit } = props
  const w = words.value
  const person = hit.is === 'person'
  const under = person
    ? [
        hit.age && age(hit.age),
        groupsSaid(hit.groups.filter((group) => group !== 'other')),
        `RT\u00a0${hit.rt}`,
        w.families.head(hit.head),
      ]
    : [`RT\u00a0${hit.rt}`]
  return (
    <Row
      to={person ? address('orang', hit.id) : address('keluarga', hit.id)}
      before={person ? <Avatar name={hit.name} group={hit.groups[0]} /> : <HomeAvatar risk={null} />}
      name={person ? hit.name : w.families.head(hit.name)}
      under={under.filter(Boolean).join(' · ')}
    />
  )
}

/** The hits, or `children` where nothing is sought. What was shown stays until the phone has looked: nothing blinks. */
function Hits(props: { text: string; children: ComponentChildren }) {
  const { text } = props
  const w = words.value.families
  const asked = useAsked(async () => (text === '' ? null : phone.search(text)), [text])
  const shown = useRef<{ text: string; hits: Hit[] } | null>(null)
  if (text === '') shown.current = null
  else if (asked.failed) return <Failed again={asked.again} />
  else if (asked.value) shown.current = { text, hits: asked.value }
  if (!shown.current) return <>{props.children}</>
  const { hits } = shown.current
  if (hits.length === 0) return <Empty art="search" title={w.noHit} text={w.noHitText} />
  return (
    <>
      <p class="small soft" role="status">
        {w.hits(count(hits.length))}
      </p>
      <HitList key={shown.current.text} hits={hits} />
    </>
  )
}

function HitList(props: { hits: Hit[] }) {
  const painted = usePainted()
  return (
    <Card look="flush">
      {(painted ? props.hits : props.hits.slice(0, HITS_FIRST)).map((hit) => (
        <HitRow key={hit.is + hit.id} hit={hit} />
      ))}
    </Card>
  )
}

type Choosing = 'rt' | 'group' | null

/** The chips, and the sheet in which one of many is chosen. */
function Filters() {
  const w = words.value
  const [choosing, setChoosing] = useState<Choosing>(null)
  const { rt, group, at_risk } = filter.value
  const set = (change: Filter) => {
    filter.value = { ...filter.value, ...change }
  }
  return (
    <div class="chips" role="group" aria-label={w.app.all}>
      <Chip on={at_risk === true} onPress={() => set({ at_risk: at_risk ? undefined : true })}>
        {w.families.risk}
      </Chip>
      <Chip on={rt !== undefined} more onPress={() => setChoosing('rt')}>
        {rt === undefined ? w.families.rt : `RT\u00a0${rt}`}
      </Chip>
      <Chip on={group !== undefined} more onPress={() => setChoosing('group')}>
        {group === undefined ? w.families.group : w.groups[group]}
      </Chip>
      {choosing && (
        <Sheet title={choosing === 'rt' ? w.families.rt : w.families.group} onClose={() => setChoosing(null)}>
          {(close) => {
            const pick = (change: Filter) => () => {
              set(change)
              close()
            }
            return (
              <Card look="flush">
                <Row
                  name={choosing === 'rt' ? w.families.allRt : w.families.allGroups}
                  onPress={pick(choosing === 'rt' ? { rt: undefined } : { group: undefined })}
                />
                {choosing === 'rt'
                  ? rts.value.map((one) => (
                      <Row key={one} name={`RT\u00a0${one}`} onPress={pick({ rt: one })} />
                    ))
                  : groupOrder.map((one) => (
                      <Row
                        key={one}
                        before={<Avatar name={w.groups[one]} group={one} />}
                        name={w.groups[one]}
                        onPress={pick({ group: one })}
                      />
                    ))}
              </Card>
            )
          }}
        </Sheet>
      )}
    </div>
  )
}

export function FamiliesScreen() {
  const w = words.value
  const choosing = route.value.query.get('pilih') === 'kunjungan'
  const rows = useAsked(() => phone.families(filter.value), [filter.value])
  const filtered = Object.values(filter.value).some((value) => value !== undefined)
  useEffect(() => {
    if (rows.value && !filtered) rts.value = [...new Set(rows.value.map((family) => family.rt))].sort()
  }, [rows.value])
  return (
    <Screen
      title={choosing ? w.today.whomVisit : w.app.families}
      parent={choosing ? '/' : undefined}
      action={
        choosing ? undefined : (
          <Button look="main" icon="plus" to="/isi/household">
            {w.families.add}
          </Button>
        )
      }
    >
      <SearchBox
        label={w.families.search}
        start={text.value}
        onSearch={(now) => {
          text.value = now
        }}
      />
      <Hits text={text.value}>
        <Filters />
        {rows.failed && <Failed again={rows.again} />}
        {!rows.value && !rows.failed && <Skeletons />}
        {rows.value && (
          <p class="small soft" role="status">
            {w.families.found(count(rows.value.length))}
          </p>
        )}
        {rows.value && rows.value.length > 0 && (
          <Card look="flush">
            <Windowed
              rows={rows.value}
              rowRem={ROW_REM}
              label={w.app.families}
              keyOf={(family) => family.id}
              draw={(family) => <Family family={family} />}
            />
          </Card>
        )}
        {rows.value?.length === 0 &&
          (filtered ? (
            <Empty art="search" title={w.families.noHit} />
          ) : (
            <Empty art="family" title={w.families.none} text={w.families.noneText} />
          ))}
      </Hits>
    </Screen>
  )
}
