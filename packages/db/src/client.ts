import type { Logger } from '@fettle/platform/logging'
import { watchReach } from '@fettle/platform/reach'
import { delay, retry } from '@fettle/platform/retry'
import { type NodePgDatabase, drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { isDatabaseAway } from './away.ts'

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
 *
 * When the server cannot be reached, that is one line in the log, and its return another; see `away.ts` for what the many who
 * ask for it meanwhile do.
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
  const reach = watchReach({ what: 'PostgreSQL', logger })
  const pool = new pg.Pool({
    Client: observedClient(onConnect),
    connectionString: url,
    max: poolSize,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    options: '-c timezone=UTC',
  })
  const closing = new AbortController()
  let asking = false
  const lost = new Set<pg.PoolClient>()

  function onConnect(error: Error | null | undefined): void {
    if (!error) return reach.answered()
    if (!isDatabaseAway(error)) return
    lost.clear() // told by the line that it is away
    reach.failed(error)
    void askUntilAnswered()
  }

  function onLost(client: pg.PoolClient, error: Error): void {
    logger.debug({ err: error }, 'lost a database connection')
    lost.add(client)
    void askUntilAnswered()
  }

  /** So that it is noticed at once whether it is away or back, also when nobody else asks for it. */
  async function askUntilAnswered(): Promise<void> {
    if (asking) return
    asking = true
    const { signal } = closing
    try {
      await delay(100, signal)
      await retry(() => pool.query('select 1'), { signal, maxMs: 2_000, retryable: isDatabaseAway })
      reach.answered()
      if (lost.size > 0) logger.warn({ connections: lost.size }, 'lost database connections, but the server answers')
    } catch {
      // Closed, or it answers with a refusal, which whoever needs it meets as well.
    }
    lost.clear()
    asking = false
  }

  // Without these two a lost connection would end the process: the pool's is about an idle one, the client's about any.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', (error) => onLost(client, error)))
  let closed: Promise<void> | undefined
  const close = () => {
    closing.abort(new Error('the database connections are being closed'))
    return (closed ??= pool.end())
  }
  return { db: drizzle(pool), pool, close }
}

type Connected = (error: Error | null, client?: pg.ClientBase) => void

/** A connection that tells how its beginning went, before the pool hears of it. */
function observedClient(tell: (error: Error | null) => void): typeof pg.Client {
  return class extends pg.Client {
    override connect(): Promise<pg.Client>
    override connect(callback: Connected): void
    override connect(callback?: Connected): Promise<pg.Client> | void {
      if (!callback) return super.connect()
      // Within the same turn, as `pg` does it: only then the pool listens for what comes next.
      super.connect((error: Error | null) => {
        tell(error)
        callback(error)
      })
    }
  }
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
