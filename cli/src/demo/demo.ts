import type { Database } from '@fettle/db/client'
import type { Progress } from '../instance/progress.ts'
import { ensureCredentials } from './credentials.ts'
import { openingOf } from './opening.ts'
import type { PlantPlan } from './plant.ts'
import { seedDemo } from './seed.ts'

export interface PrepareDemoOptions {
  database: Database
  dataDir: string
  /** The database was filled before. */
  seeded: boolean
  progress: Progress
}

/** Fills the database the first time, and gives the gateways their secrets. */
export async function prepareDemo({ database, dataDir, seeded, progress }: PrepareDemoOptions): Promise<PlantPlan> {
  const now = new Date()
  if (!seeded) {
    await progress.step('demo data', () => seedDemo(database, now), 'customers, machines, stock, a year of repairs')
  }
  return { secrets: await ensureCredentials(database, dataDir, now), opening: await openingOf(database) }
}
