import type { MachineSpec } from '@fettle/devices-sim/fleet/spec'
import { scheduleFor } from './opening.ts'

/** A part of a machine's past, UTC epoch ms. */
export interface PastSpan {
  readonly fromMs: number
  readonly toMs: number
  /** From one step of the physics to the next, and from one kept reading to the next. */
  readonly stepMs: number
  readonly everyMs: number
  /** Room temperature to begin with; the season's where undefined. */
  readonly ambientC?: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const pastMs = 7 * 24 * hourMs
/** The last hours are dense, as evidence wants them; before, a reading every other minute shows a week as well. */
const denseMs = 2 * hourMs
const dense = { stepMs: 5_000, everyMs: 5_000 }
const sparseEveryMs = 2 * minuteMs
/** What switches or cuts must be followed in short steps; water and refrigerant are slow. */
const sparseStepMs: Readonly<Record<MachineSpec['model'], number>> = {
  AC75: 5_000,
  IM280: 5_000,
  VMC850: 5_000,
  CH1000: 10_000,
  P100: 15_000,
}
/** A hall that got hot by today did so over its last day. */
const heatingMs = 24 * hourMs
const heatingBlockMs = 2 * hourMs
/** What a hall with running compressors has on an ordinary day. */
const coolC = 22

/** The week before `startMs`, newest part first. Of a machine whose link was down by then, the week before that. */
export function pastSpans({ deviceKey, model, outage }: MachineSpec, startMs: number): PastSpan[] {
  const endMs = startMs - (outage?.sinceMs ?? 0)
  const beginMs = endMs - pastMs
  const sparse = { stepMs: sparseStepMs[model], everyMs: sparseEveryMs }
  const hotC = scheduleFor('dies').startAmbientC?.[deviceKey]
  const recent =
    hotC === undefined ? [{ ...dense, fromMs: endMs - denseMs, toMs: endMs }] : heatingSpans(endMs, hotC, sparse)
  return [...recent, { ...sparse, fromMs: beginMs, toMs: recent.at(-1)?.fromMs ?? endMs }]
}

function heatingSpans(endMs: number, hotC: number, sparse: Pick<PastSpan, 'stepMs' | 'everyMs'>): PastSpan[] {
  const blocks = heatingMs / heatingBlockMs
  return Array.from({ length: blocks }, (_, block) => {
    const toMs = endMs - block * heatingBlockMs
    const share = 1 - block / blocks
    const ambientC = coolC + share * (hotC - coolC)
    return { ...(block === 0 ? dense : sparse), fromMs: toMs - heatingBlockMs, toMs, ambientC }
  })
}
