import type { Database, Db } from '@fettle/db/client'
import { DrizzleQueryError } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { delay } from '@fettle/platform/retry'
import { setImmediate as breathe } from 'node:timers/promises'
import { history } from '@fettle/provisioning/demo/history'
import { reportedAt } from '@fettle/provisioning/demo/past-repair'
import { seedOperation } from '../../instance/mode-facts.ts'
import { UserError } from '../../user-error.ts'
import { dayMs } from './china-time.ts'
import { foundCompany } from './found-company.ts'
import { AlarmInTheWay } from './play-alarm.ts'
import { playStory } from './play-story.ts'
import { openStage } from './stage.ts'
import type { Story } from './story.ts'
import { yearDays } from './incidents.ts'
import { anchorOf, planYear } from './year-plan.ts'

export interface SeedYearsOptions {
  readonly database: Pick<Database, 'pool'>
  /** Another seed is another company; a database has one. */
  readonly seed: number
  /** How far back from the day on which the demonstration was made, at most a year. */
  readonly days: number
  /**
   * The share of the time that it works; the rest it leaves to others. 1 is as fast as it can; with less it also ends when
   * somebody else waits to go on.
   */
  readonly share: number
  readonly signal: AbortSignal
  readonly onProgress?: (progress: SeedProgress) => void
  /** Somebody else is at it. */
  readonly onWait?: () => void
}

export interface SeedProgress {
  readonly tickets: number
  /** Of those that were asked for, with what was there before. */
  readonly of: number
  /** Of the ticket that was written last. */
  readonly openedMs: number
  readonly fromMs: number
  readonly toMs: number
}

export interface SeedOutcome {
  /** False when it was told to stop before, or left the rest to somebody else. */
  readonly complete: boolean
  readonly newTickets: number
  readonly fromMs: number
  readonly toMs: number
}

/** Any constant: whoever writes history holds this lock, so that no ticket comes to be twice. */
const historyLock = 0x68697374

/**
 * Writes the history of a demonstration through the product's commands. Each ticket is one transaction that also says, in the
 * trail, that it is there; so a run that was broken off, in whatever way, is continued by the next. Rejects with a `UserError`
 * where the database is no demonstration or has a history of another seed.
 */
export async function seedYears(options: SeedYearsOptions): Promise<SeedOutcome> {
  const { database, seed, days, signal } = options
  const client = await database.pool.connect()
  const db: Db = drizzle(client)
  try {
    const seededAt = await demonstrationOf(db)
    const toMs = anchorOf(seededAt)
    const span = { fromMs: toMs - days * dayMs, toMs }
    if (!(await holdLock(db, options))) return { complete: false, newTickets: 0, ...span }
    const there = await keysOf(db, seed)
    // A ticket that a power cut takes with it is written again by the next run.
    await db.execute('set synchronous_commit = off')
    const plan = await planYear({ seed, anchorMs: toMs, pause: () => breathe() })
    const stories = plan.stories.filter(({ openedMs }) => openedMs >= span.fromMs)
    const companyKeys = new Set(stories.map(({ companyKey }) => companyKey))
    const isWhole = days >= yearDays
    for (const company of plan.companies) {
      const requestId = requestIdOf(seed, `company ${company.key}`)
      if (signal.aborted || there.has(requestId) || !(isWhole || companyKeys.has(company.key))) continue
      await db.transaction((tx) => foundCompany(tx, company, requestId, seededAt))
    }
    return { ...(await playAll(db, stories, there, span, options)), ...span }
  } finally {
    // With the connection go its lock and its settings.
    client.release(true)
  }
}

async function playAll(
  db: Db,
  stories: readonly Story[],
  there: ReadonlySet<string>,
  span: { readonly fromMs: number; readonly toMs: number },
  { database, seed, share, signal, onProgress }: SeedYearsOptions,
): Promise<Pick<SeedOutcome, 'complete' | 'newTickets'>> {
  const stage = await openStage(db, database.pool)
  const before = history.filter((repair) => reportedAt(repair, new Date(span.toMs)).getTime() >= span.fromMs).length
  const of = before + count(stories)
  let [newTickets, tickets] = [0, before]
  for (const story of stories) {
    if (signal.aborted || (share < 1 && (await somebodyWaits(db)))) return { complete: false, newTickets }
    const requestId = requestIdOf(seed, story.key)
    tickets += story.tickets
    if (there.has(requestId)) continue
    const sinceMs = performance.now()
    const isPlayed = await db
      .transaction((tx) => playStory(tx, stage, story, requestId))
      .then(
        () => true,
        (error: unknown) => {
          if (error instanceof AlarmInTheWay) return false
          throw error
        },
      )
    if (!isPlayed) continue
    newTickets += story.tickets
    onProgress?.({ tickets, of, openedMs: story.openedMs, ...span })
    if (share < 1) await rest((performance.now() - sinceMs) * (1 / share - 1), signal)
  }
  return { complete: true, newTickets }
}

const count = (stories: readonly Story[]) => stories.reduce((sum, { tickets }) => sum + tickets, 0)

/** What the rows of a story in the trail have in common. */
const requestIdOf = (seed: number, key: string) => `history-${seed}-${key.replace(' ', '-')}`

/** When the demonstration was made. */
async function demonstrationOf(db: Db): Promise<Date> {
  const { rows } = await db.execute<{ at: string }>(
    `select min(at) as at from audit_log where operation = '${seedOperation}' having count(*) > 0`,
  )
  const [row] = rows
  if (!row) {
    throw new UserError('This database is not a demonstration: `fettle start` makes one in an empty data folder.')
  }
  return new Date(row.at)
}

async function keysOf(db: Db, seed: number): Promise<Set<string>> {
  const { rows } = await db.execute<{ key: string }>(
    `select distinct request_id as key from audit_log where request_id like 'history-%'`,
  )
  const other = rows.map(({ key }) => /^history-(\d+)-/.exec(key)?.[1]).find((found) => found !== String(seed))
  if (other !== undefined) {
    throw new UserError(`This demonstration has a history of seed ${other}: leave --seed away, or give ${other}.`)
  }
  return new Set(rows.map(({ key }) => key))
}

/** False when it was told to stop while somebody else had the lock. */
async function holdLock(db: Db, { signal, onWait }: SeedYearsOptions): Promise<boolean> {
  for (let tries = 0; !signal.aborted; tries++) {
    const { rows } = await db.execute<{ held: boolean }>(`select pg_try_advisory_lock(${historyLock}) as held`)
    if (rows[0]?.held) return true
    if (tries === 0) onWait?.()
    await queue(db)
  }
  return false
}

/** Stands in the queue for a moment, which whoever has the lock can see. */
async function queue(db: Db): Promise<void> {
  await db.execute(`set statement_timeout = 1500`)
  const waited = db.execute(`select pg_advisory_lock(${historyLock}), pg_advisory_unlock(${historyLock})`)
  await waited.catch((error: unknown) => {
    if (!isCancelled(error)) throw error
  })
  await db.execute(`reset statement_timeout`)
}

const isCancelled = (error: unknown) =>
  error instanceof DrizzleQueryError && (error.cause as { code?: string } | undefined)?.code === '57014'

async function somebodyWaits(db: Db): Promise<boolean> {
  const { rows } = await db.execute<{ waits: boolean }>(`
    select exists (select from pg_locks where locktype = 'advisory' and objid = ${historyLock} and not granted) as waits`)
  return rows[0]?.waits ?? false
}

/** Waits unless it is told to stop. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, signal).catch(() => {})
}
