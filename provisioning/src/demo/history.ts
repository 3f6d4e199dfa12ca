import { productionRepairs } from './history-production.ts'
import { utilityRepairs } from './history-utilities.ts'
import type { DemoPastRepair } from './past-repair.ts'

/** Oldest first, as stock and serial numbers went their way. */
export const history: readonly DemoPastRepair[] = [...utilityRepairs, ...productionRepairs].toSorted(
  (a, b) => b.daysAgo - a.daysAgo,
)
