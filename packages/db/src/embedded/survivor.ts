import { delay } from '@fettle/platform/retry'
import type { Logger } from '@fettle/platform/logging'
import pg from 'pg'
import type { DataLayout } from './data-layout.ts'
import type { PostgresBinaries } from './platform-package.ts'
import { type Postmaster, adoptedPostmaster, stopPostmaster } from './postmaster.ts'
import { readPostmasterPid } from './postmaster-pid.ts'
import { isPostmasterOf } from './process-probe.ts'
import { fingerprintSetting, type ServerSettings } from './server-settings.ts'
import { superuser } from './superuser-password.ts'

export interface SurvivorOptions {
  layout: DataLayout
  binaries: PostgresBinaries
  password: string
  /** What a server that we start now would be given; a survivor that runs with anything else is stopped. */
  settings: ServerSettings
  /** The only acceptable port, if the caller asked for one. */
  port: number | undefined
  logger: Logger
}

/** How long a survivor may take to come out of its start or its shutdown before it is stopped. */
const patienceMs = 60_000

/**
 * After a crash of Fettle the server runs on. Takes it over when it accepts our password and runs with our settings; stops it
 * otherwise. Null: none runs (any more), and a new one can be started.
 */
export async function meetSurvivor(options: SurvivorOptions): Promise<Postmaster | null> {
  const { layout, binaries, logger } = options
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await readPostmasterPid(layout.cluster)
    if (found === null) return null
    const { pid, port, status } = found
    if (!(await isPostmasterOf(pid, layout.cluster))) return null // the file is a leftover
    if (status === 'ready' && port !== null) {
      if (await isAcceptable(port, options)) {
        logger.info({ postmaster: pid, port }, 'took over the PostgreSQL that survived the last run')
        return adoptedPostmaster(pid, port)
      }
      break
    }
    if (performance.now() > deadline) break
    await delay(50)
  }
  logger.info('stopping the PostgreSQL that survived the last run: it cannot be taken over as it is')
  const { pid } = (await readPostmasterPid(layout.cluster)) ?? {}
  if (pid !== undefined) await stopPostmaster({ pid, layout, binaries })
  return null
}

/** Whether the server lets us in, really works on this folder and runs with the settings that we would give it. */
async function isAcceptable(port: number, { layout, password, settings, port: wanted, logger }: SurvivorOptions) {
  if (wanted !== undefined && wanted !== port) return false
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  client.on('error', (error) => logger.debug({ err: error }, 'connection to the surviving PostgreSQL failed'))
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; fingerprint: string | null }>(
      `select current_setting('data_directory') folder, current_setting($1, true) fingerprint`,
      [fingerprintSetting],
    )
    return rows[0]?.folder === layout.cluster && rows[0].fingerprint === settings[fingerprintSetting]
  } catch (error) {
    logger.debug({ err: error }, 'the surviving PostgreSQL does not let us in')
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
