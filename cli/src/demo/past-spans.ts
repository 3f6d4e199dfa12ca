import type { MachineSpec } from '@fettle/devices-sim/fleet/spec'
import { scheduleFor } from './opening.ts'

/** A part of a machine's past, UTC epoch ms. */
export interface PastSpan {
  readonly fromMs: number
  readonly toMs: number
  /** From one kept reading to the next. */
  readonly everyMs: number
  /** Room temperature to begin with; the season's where undefined. */
  readonly ambientC?: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const pastMs = 7 * 24 * hourMs
/** The last hours are dense, as evidence wants them; before, a reading every other minute shows a week as well. */
const denseMs = 2 * hourMs
export const denseEveryMs = 5_000
const sparseEveryMs = 2 * minuteMs
/** A hall that got hot by today did so over its last day. */
const heatingMs = 24 * hourMs
const heatingBlockMs = 2 * hourMs
/** What a hall with running compressors has on an ordinary day. */
const coolC = 22

/** The week before `startMs`, newest part first. Of a machine whose link was down by then, the week before that. */
export function pastSpans({ deviceKey, outage }: MachineSpec, startMs: number): PastSpan[] {
  const endMs = startMs - (outage?.sinceMs ?? 0)
  const beginMs = endMs - pastMs
  const hotC = scheduleFor('dies').startAmbientC?.[deviceKey]
  if (hotC !== undefined) {
    const before = { fromMs: beginMs, toMs: endMs - heatingMs, everyMs: sparseEveryMs }
    return [...heatingSpans(endMs, hotC), before]
  }
  const dense = { fromMs: endMs - denseMs, toMs: endMs, everyMs: denseEveryMs }
  return [dense, { fromMs: beginMs, toMs: dense.fromMs, everyMs: sparseEveryMs }]
}

function heatingSpans(endMs: number, hotC: number): PastSpan[] {
  const blocks = heatingMs / heatingBlockMs
  return Array.from({ length: blocks }, (_, block) => {
    const toMs = endMs - block * heatingBlockMs
    const share = 1 - block / blocks
    const everyMs = block === 0 ? denseEveryMs : sparseEveryMs
    return { fromMs: toMs - heatingBlockMs, toMs, everyMs, ambientC: coolC + share * (hotC - coolC) }
  })
}
