/**
 * Where a house stands, taken by the phone.
 *
 * The rule this module protects: *a place is taken only when she taps, and never needed*.
 */

import { useState } from 'preact/hooks'
import { as_group } from '../values'
import { words } from '../words'
import type { WidgetProps } from './widget'

const PATIENCE_MS = 30_000

export function Coordinates({ id, described, labelled, value, onAnswer }: WidgetProps) {
  const [phase, setPhase] = useState<'still' | 'looking' | 'failed' | 'refused'>('still')
  const group = as_group(value)
  const has_place = 'latitude' in group
  const take = () => {
    setPhase('looking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setPhase('still')
        onAnswer({
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          accuracy_m: Math.round(coords.accuracy),
        })
      },
      (why) => setPhase(why.code === why.PERMISSION_DENIED ? 'refused' : 'failed'),
      {
        enableHighAccuracy: true,
        timeout: PATIENCE_MS,
        maximumAge: 0,
      },
    )
  }
  return (
    <div>
      <button
        type="button"
        id={id}
        class="f-button"
        onClick={take}
        disabled={phase === 'looking'}
        aria-describedby={`${labelled} ${described}`}>
        {phase === 'looking' ? words().taking_place : words().take_place}
      </button>
      <p class="f-quiet" role="status">
        {phase === 'failed'
          ? words().place_failed
          : phase === 'refused'
            ? words().place_refused
            : has_place
              ? words().place_taken(Number(group.accuracy_m ?? 0))
              : ''}
      </p>
      {has_place && (
        <button type="button" class="f-clear" onClick={() => onAnswer(null)}>
          {words().clear}
        </button>
      )}
    </div>
  )
}
