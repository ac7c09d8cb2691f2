/**
 * A small list of records of one kind, newest first, as the phone orders it.
 *
 * The rule this module protects: *every kind is listed the same way*, and what was not sent says so.
 */
import type { Row as Record } from '../phone/contract'
import { address } from '../route'
import { phone, useAsked } from '../state'
import type { ArtName } from '../ui/art'
import { Empty, Failed } from '../ui/empty'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, Row, Skeletons, StateTags } from '../ui/parts'
import { nearDay } from '../words/format'

function RecordRow(props: { record: Record; icon: IconName }) {
  const { record } = props
  return (
    <Row
      to={address('ubah', record.id)}
      before={
        <span class="avatar home">
          <Icon name={props.icon} size={22} />
        </span>
      }
      name={record.title}
      lead={record.day ? <b>{nearDay(record.day)}</b> : undefined}
      under={record.subtitle}
      marks={<StateTags of={record} />}
    />
  )
}

/** `add`: words of a button above the list, for a kind that the bottom edge does not add. */
export function Rows(props: {
  kind: string
  icon: IconName
  art: ArtName
  none: string
  noneText: string
  add?: string
  level?: 2 | 3
}) {
  const asked = useAsked(() => phone.rows(props.kind), [props.kind])
  if (asked.failed) return <Failed again={asked.again} />
  if (!asked.value) return <Skeletons />
  return (
    <>
      {asked.value.length === 0 ? (
        <Empty art={props.art} title={props.none} text={props.noneText} level={props.level} />
      ) : (
        <Card look="flush">
          {asked.value.map((record) => (
            <RecordRow key={record.id} record={record} icon={props.icon} />
          ))}
        </Card>
      )}
      {props.add && (
        <div class="after">
          <Button wide icon="plus" to={`/isi/${props.kind}`}>
            {props.add}
          </Button>
        </div>
      )}
    </>
  )
}
