import { beginRunHistory, coversTime, recordRunState, type RunHistory } from '@fettle/domain/rules/run-history'

/** When one machine ran: as told in order, and as told by the last run of readings that came behind. */
export interface AssetRuns {
  readonly live: RunHistory
  behind: RunHistory | undefined
}

export const beginAssetRuns = (): AssetRuns => ({ live: beginRunHistory(), behind: undefined })

export function recordRun(runs: AssetRuns, at: number, running: boolean): void {
  if (!(at <= runs.live.lastAt)) return recordRunState(runs.live, at, running)
  if (!runs.behind || at < runs.behind.lastAt) runs.behind = beginRunHistory()
  recordRunState(runs.behind, at, running)
}

/** The history to ask about a reading that came behind: what came behind with it, where that tells. */
export function historyBehind({ live, behind }: AssetRuns, at: number): RunHistory {
  return behind && coversTime(behind, at) ? behind : live
}
