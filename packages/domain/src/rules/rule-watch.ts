import type { ThresholdDefinition } from '@fettle/contracts/rules'
import type { Quality } from '@fettle/contracts/uplink'
import type { Finding } from './finding.ts'
import { ATTENTION, PAUSE_MS, type Attention, type ThresholdStep } from './threshold.ts'
import { beginThreshold, type ThresholdState } from './threshold-state.ts'

/** Which episode of a watch a finding is about: the one of readings in order, or the one found behind them. */
export type Lane = 'live' | 'behind'

export interface WatchFinding {
  readonly lane: Lane
  /** Found in readings more than `latenessMs` behind their signal's newest: opens a ticket, pages nobody. */
  readonly late: boolean
  readonly finding: Finding
}

/** Readings that came after a newer one of their signal, evaluated by themselves. */
export interface BehindLane {
  readonly state: ThresholdState
  /** The signal's newest time when the last of them came. */
  seenAt: number
}

/** One rule watching one signal of one asset. */
export interface RuleWatch {
  live: ThresholdState
  behind: BehindLane | undefined
}

export const beginWatch = (): RuleWatch => ({ live: beginThreshold(), behind: undefined })

/**
 * A reading newer than all before it of its signal. It decides about the live episode. An episode found behind ends, too:
 * when the live one begins, or when readings in order show the value back inside once no more come from behind.
 */
export function observeInOrder(
  step: ThresholdStep,
  watch: RuleWatch,
  at: number,
  value: number,
  quality: Quality,
  attention: Attention,
  report: (found: WatchFinding) => void,
): void {
  const finding = step(watch.live, at, value, quality, attention)
  const { behind } = watch
  if (behind !== undefined && behind.state.level !== 0) {
    if (finding?.kind === 'raised') {
      report({ lane: 'behind', late: true, finding: { kind: 'cleared', at, value, limit: finding.limit } })
      watch.behind = undefined
    } else if (at - behind.seenAt > PAUSE_MS) {
      const ending = step(behind.state, at, value, quality, Math.min(attention, ATTENTION.clearing) as Attention)
      if (ending) report({ lane: 'behind', late: true, finding: ending })
    }
  }
  if (finding) report({ lane: 'live', late: false, finding })
}

/**
 * A reading older than the newest of its signal, at `newestAt`. Nothing that was said is taken back; it can only add:
 *
 * - Such readings are evaluated among themselves, in rising time; an older one begins a new run of them.
 * - What they reach raises an episode of its own, unless one is open already: its ticket is there, and these readings
 *   fill its history. It is `late` when they lie more than `latenessMs` behind.
 * - While an episode found behind is open, still older readings fill history only.
 *
 * So a repeated upload changes nothing that is open. What it finds again of the past has the times of its first finding,
 * which is how the record of episodes refuses it.
 */
export function observeBehind(
  step: ThresholdStep,
  { latenessMs }: Pick<ThresholdDefinition, 'latenessMs'>,
  watch: RuleWatch,
  newestAt: number,
  at: number,
  value: number,
  quality: Quality,
  attention: Attention,
  report: (found: WatchFinding) => void,
): void {
  let { behind } = watch
  if (behind === undefined || (at < behind.state.lastAt && behind.state.level === 0)) {
    behind = watch.behind = { state: beginThreshold(), seenAt: newestAt }
  }
  behind.seenAt = newestAt
  const mayRaise = watch.live.level === 0 || behind.state.level !== 0
  const finding = step(behind.state, at, value, quality, mayRaise ? attention : ATTENTION.suppressed)
  if (finding) report({ lane: 'behind', late: newestAt - at > latenessMs, finding })
}
