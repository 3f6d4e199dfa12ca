import {
  beginStateHistory,
  coversTime,
  forgetOldChanges,
  recordState,
  recordUnknown,
  type StateHistory,
} from '@fettle/domain/rules/state-history'

/** A state of one machine: as told in order, and as told by the last run of readings that came behind. */
export interface StateLanes {
  readonly live: StateHistory
  behind: StateHistory | undefined
}

export const beginStateLanes = (): StateLanes => ({ live: beginStateHistory(), behind: undefined })

/** `on` is undefined when whoever tells it could not say. */
export function recordInLane(lanes: StateLanes, at: number, on: boolean | undefined): void {
  const history = laneFor(lanes, at)
  if (on === undefined) recordUnknown(history, at)
  else recordState(history, at, on)
}

function laneFor(lanes: StateLanes, at: number): StateHistory {
  if (!(at <= lanes.live.lastAt)) return lanes.live
  if (!lanes.behind || at < lanes.behind.lastAt) lanes.behind = beginStateHistory()
  return lanes.behind
}

/** The history to ask about a reading. For one that came behind it is what came behind with it, where that tells. */
export function historyFor({ live, behind }: StateLanes, at: number, isBehind: boolean): StateHistory {
  return isBehind && behind && coversTime(behind, at) ? behind : live
}

export function forgetOld({ live, behind }: StateLanes): void {
  forgetOldChanges(live)
  if (behind) forgetOldChanges(behind)
}
