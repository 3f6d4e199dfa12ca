import { logTrouble } from '@fettle/db/away'
import type { Database } from '@fettle/db/client'
import type { FleetCommands } from '@fettle/devices-sim/simulated-fleet'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'

export interface RepairsOptions {
  database: Pick<Database, 'pool'>
  fleet: Pick<FleetCommands, 'snapshot' | 'clear'>
  /** Reports written before are of machines that the simulation never knew broken. */
  since: Date
  logger: Logger
}

interface WrittenReport {
  assetKey: string
  failureMode: string | null
  outcome: string
  writtenAt: Date
}

const lookEveryMs = 2_000

/**
 * What an engineer's hands do in the world: when a completion report says that a failure was mended, the simulated machine no
 * longer has it. A report about the wrong failure mends nothing, and the machine goes on complaining.
 */
export function createRepairs({ database, fleet, since, logger }: RepairsOptions): Service {
  const stopping = new AbortController()
  let seen = since
  let running = Promise.resolve()

  async function look(): Promise<void> {
    const { rows } = await database.pool.query<WrittenReport>(
      `select a.key as "assetKey", f.key as "failureMode", r.outcome, r.written_at as "writtenAt"
         from completion_reports r
         join tickets t on t.id = r.ticket_id
         join assets a on a.id = t.asset_id
         left join failure_modes f on f.id = r.failure_mode_id
        where r.written_at > $1
        order by r.written_at`,
      [seen],
    )
    for (const report of rows) {
      mend(report)
      seen = report.writtenAt
    }
  }

  function mend({ assetKey, failureMode, outcome }: WrittenReport): void {
    const machine = fleet.snapshot().find(({ deviceKey }) => deviceKey === assetKey)
    const mended = outcome === 'sensor-fault' ? 'stuck-sensor' : failureMode
    const fault = machine?.faults.find(({ mode }) => mode === mended)
    if (!fault) return
    fleet.clear(assetKey, fault.mode)
    logger.info({ assetKey, mode: fault.mode }, 'the machine was repaired')
  }

  async function watch(): Promise<void> {
    for await (const _ of every(lookEveryMs, stopping.signal)) {
      await look().catch((error: unknown) => logTrouble(logger, error, 'could not look for finished repairs'))
    }
  }

  return {
    name: 'repairs',
    start() {
      running = watch()
      return Promise.resolve()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
