import type { Db, DbOrTx } from '@fettle/db/client'
import { signInFailures } from '@fettle/db/schema/identity'
import { DomainError } from '@fettle/domain/domain-error'
import type { Clock } from '@fettle/platform/clock'
import { and, eq, gt, like, lt, not, or, sql, type SQL } from 'drizzle-orm'

/** Wrong passwords in a row, after which nobody signs in under the name for a while. */
const patience = 5
const firstLockMs = 60_000
const longestLockMs = 15 * 60_000
/** Nobody is reproached with what was mistyped a day ago. */
const keepFailuresMs = 24 * 3_600_000
/** An address that nobody has signed in from for so long is a stranger's again. */
const keepPlacesMs = 90 * 24 * 3_600_000

/** Who tries, and from where. */
export interface Caller {
  readonly username: string
  readonly address: string
}

/** A sign-in that may be tried; it counts as failed until it is known to have succeeded. */
export interface Attempt {
  /** Which count it was added to. */
  readonly key: string
  readonly failures: number
  /** No other attempt before; null while patience lasts. */
  readonly lockedUntil: Date | null
}

/**
 * Guessing a password must not be a matter of patience, from however many addresses: after five wrong ones in a row a name is
 * locked for a minute, then for two, four and so on up to a quarter of an hour, until somebody signs in.
 *
 * - An attempt is counted before its password is looked at, by one statement that refuses it when the name is locked. So of
 *   any number of guesses at once no more than five are looked at.
 * - Names that nobody has are counted, locked and refused alike, so a lock tells nothing about who has an account.
 * - A lock must not be a cheap way to shut somebody out. An address from which a name has signed in before has a count of its
 *   own: strangers lock each other out, not the person at their own desk, whose session lasts on in any case. What remains
 *   is whoever comes from a new address while somebody guesses; `fettle user unlock` opens the door for them.
 */
export function createLockOut(db: Db, clock: Clock) {
  const now = () => new Date(clock.now())

  /** Throws `session/locked` without having counted. */
  async function begin(caller: Caller): Promise<Attempt> {
    const at = now()
    const key = countOf(caller)
    const [counted] = await db
      .insert(signInFailures)
      .values({ username: key, failures: 1, lastAt: at, lockedUntil: null })
      .onConflictDoUpdate({
        target: signInFailures.username,
        set: { failures: sql`${signInFailures.failures} + 1`, lastAt: at, lockedUntil: lockAfterOneMore(at) },
        setWhere: sql`coalesce(${signInFailures.lockedUntil} <= ${at.toISOString()}::timestamptz, true)`,
      })
      .returning()
    if (counted) return { key: counted.username, failures: counted.failures, lockedUntil: counted.lockedUntil }
    const [refused] = await db
      .select({ until: signInFailures.lockedUntil })
      .from(signInFailures)
      .where(eq(signInFailures.username, key))
    throw locked(refused?.until ?? at, at)
  }

  /** The count of the address where it is a known one, otherwise that of all strangers; costs the same for any name. */
  function countOf(caller: Caller): SQL {
    const known = db
      .select({ key: signInFailures.username })
      .from(signInFailures)
      .where(eq(signInFailures.username, placeKey(caller)))
    return sql`coalesce((${known}), ${nameKey(caller.username)})`
  }

  /** In the transaction of the session: the count begins anew, and the address is known from now on. */
  async function succeeded(tx: DbOrTx, { key }: Attempt, caller: Caller): Promise<void> {
    const clear = { failures: 0, lastAt: now(), lockedUntil: null }
    await tx.delete(signInFailures).where(eq(signInFailures.username, key))
    await tx
      .insert(signInFailures)
      .values({ username: placeKey(caller), ...clear })
      .onConflictDoUpdate({ target: signInFailures.username, set: clear })
  }

  return { begin, succeeded }
}

/** What whoever is locked out is told; `context` says for how long. */
export function locked(until: Date, now: Date): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000))
  const message = 'too many wrong passwords under this name; it is locked for a while'
  return new DomainError('session/locked', message, { retryAfterSeconds })
}

/** An administrator's way out: every count of the name begins anew. False when it was not locked from anywhere. */
export async function unlock(tx: DbOrTx, username: string, now: Date): Promise<boolean> {
  const ofName = or(
    eq(signInFailures.username, nameKey(username)),
    and(isPlace, eq(sql`split_part(${signInFailures.username}, ' ', 3)`, username)),
  )
  const wasLocked = await tx
    .select({ key: signInFailures.username })
    .from(signInFailures)
    .where(and(ofName, gt(signInFailures.lockedUntil, now)))
  await tx.update(signInFailures).set({ failures: 0, lockedUntil: null }).where(ofName)
  return wasLocked.length > 0
}

/** Deletes what is so old that it counts no longer. */
export async function forgetOldFailures(db: Db, nowMs: number): Promise<void> {
  const before = (keptMs: number) => lt(signInFailures.lastAt, new Date(nowMs - keptMs))
  await db.delete(signInFailures).where(or(and(not(isPlace), before(keepFailuresMs)), before(keepPlacesMs)))
}

/** Of everybody who comes from an address that the name was never signed in from. */
const nameKey = (username: string) => `by ${username}`
/** Of one address that it was: no address holds a space, nor does the name of an account. */
const placeKey = ({ username, address }: Caller) => `at ${address} ${username}`
const isPlace = like(signInFailures.username, 'at %')

/** Null until patience ends; then the first lock, doubled by each failure since. */
function lockAfterOneMore(at: Date): SQL {
  const beyond = sql`${signInFailures.failures} + 1 - ${patience}::int`
  const lockMs = sql`least(${longestLockMs}::float8, ${firstLockMs}::float8 * power(2, least(${beyond}, 20)))`
  return sql`case when ${beyond} >= 0 then ${at.toISOString()}::timestamptz + ${lockMs} * interval '1 millisecond' end`
}
