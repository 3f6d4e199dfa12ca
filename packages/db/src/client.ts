import type { Logger } from '@fettle/platform/logging'
import { type NodePgDatabase, drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'

/** `pg` knows types by their object ids, which are fixed in pg_type; its own list of names lacks the arrays. */
type TypeId = Parameters<typeof pg.types.setTypeParser>[0]
const int8: TypeId = 20
const int8Array = 1016 as TypeId

export type Db = NodePgDatabase
/** Inside `db.transaction(async (tx) => …)`. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** For functions that do not care whether they run in a transaction. */
export type DbOrTx = Db | Tx

export interface OpenDatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  url: string
  /** Connections at most. */
  poolSize: number
  logger: Logger
  /** Shown in pg_stat_activity and in the server's log. */
  applicationName: string
  /** A statement that runs longer is cancelled; default 30 s, 0 for never. */
  statementTimeoutMs?: number
  /** A transaction that sits idle for longer loses its connection; default 60 s, 0 for never. */
  idleInTransactionTimeoutMs?: number
}

export interface Database {
  db: Db
  pool: pg.Pool
  /** Waits for the statements that are running. */
  close: () => Promise<void>
}

/**
 * Opens a pool; the first connection is made by the first query. `bigint` columns and `count(*)` arrive as numbers,
 * `numeric` as text (it may hold more digits than a number does), times as drizzle's columns say.
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const {
    url,
    poolSize,
    logger,
    applicationName,
    statementTimeoutMs = 30_000,
    idleInTransactionTimeoutMs = 60_000,
  } = options
  readBigintsAsNumbers()
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    options: '-c timezone=UTC',
  })
  // Without these two a lost connection would end the process. An idle one is reported by the pool, a busy one by its query.
  pool.on('error', (error) => logger.warn({ err: error }, 'lost an idle database connection'))
  pool.on('connect', (client) => {
    client.on('error', (error) => logger.debug({ err: error }, 'database connection failed'))
  })
  let closed: Promise<void> | undefined
  return { db: drizzle(pool), pool, close: () => (closed ??= pool.end()) }
}

/** Global to `pg`, because drizzle asks there: for raw SQL through it as well as for typed columns. */
function readBigintsAsNumbers(): void {
  pg.types.setTypeParser(int8, safeInteger)
  pg.types.setTypeParser(int8Array, parseIntegerArray)
}

/** A `bigint` as text; the query fails when a number could not hold it exactly. */
export function safeInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`the database holds ${text}, beyond what a JavaScript number keeps exactly`)
}

/** `{1,NULL,3}`, one dimension. */
function parseIntegerArray(text: string): (number | null)[] {
  const inside = text.slice(1, -1)
  return inside === '' ? [] : inside.split(',').map((item) => (item === 'NULL' ? null : safeInteger(item)))
}
