/** A planned stop or overhaul: `fromMs <= at < toMs`, UTC epoch ms. */
export interface MaintenanceWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** Whether somebody works on the machine at `at`, by its windows alone. */
export function isPlanned(windows: readonly MaintenanceWindow[], at: number): boolean {
  for (const { fromMs, toMs } of windows) if (at >= fromMs && at < toMs) return true
  return false
}
