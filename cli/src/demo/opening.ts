import type { Database } from '@fettle/db/client'
import { fleet } from '@fettle/devices-sim/fleet'
import { demoSchedule, seededSchedule, type FaultSchedule } from '@fettle/devices-sim/schedule'

/** What the first compressor's cooling fan is about to do, by what its last ticket says. */
export type Opening =
  /** It dies in second 15: there is no ticket yet. */
  | 'dies'
  /** It is dead: its ticket waits for the repair, and no second one may come. */
  | 'dead'
  /** It was replaced and runs. */
  | 'mended'

const machine = 'AC75-2403-0117'
const failureMode = 'AC-01'
const horizonMs = 7 * 24 * 3_600_000
const seed = 1

export async function openingOf({ pool }: Pick<Database, 'pool'>): Promise<Opening> {
  const { rows } = await pool.query<{ state: string; repaired: boolean }>(
    `select t.state, exists (select from completion_reports r where r.ticket_id = t.id) as repaired
       from tickets t
       join assets a on a.id = t.asset_id and a.key = $1
       join failure_modes f on f.id = t.failure_mode_id and f.key = $2
      where t.source = 'alarm'
      order by t.created_at desc
      limit 1`,
    [machine, failureMode],
  )
  const [last] = rows
  if (!last || ['cancelled', 'merged'].includes(last.state)) return 'dies'
  return last.repaired ? 'mended' : 'dead'
}

/** The faults of the fleet from its start on; the others than the fan's are the same in every demonstration. */
export function scheduleFor(opening: Opening): FaultSchedule {
  const options = { sites: fleet, seed, horizonMs }
  if (opening === 'mended') return seededSchedule(options)
  const schedule = demoSchedule(options)
  if (opening === 'dies') return schedule
  const [first, ...others] = schedule.events
  return { ...schedule, events: first ? [{ ...first, atMs: 0 }, ...others] : others }
}
