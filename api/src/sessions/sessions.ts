import { sessions, users } from '@fettle/db/schema/identity'
import type { Db } from '@fettle/db/client'
import { DomainError } from '@fettle/domain/domain-error'
import type { Clock } from '@fettle/platform/clock'
import { hash, verify } from '@node-rs/argon2'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { type AuditEntry, recordAudit } from '../audit/record.ts'
import type { Actor } from '../policy/actor.ts'
import { type Attempt, createLockOut, locked } from './lock-out.ts'
import { hashToken, newToken } from './token.ts'
import { createTurns } from './turns.ts'

const sessionMs = 14 * 24 * 3_600_000
/** OWASP's argon2id parameters: 19 MiB, two passes, one lane (also the library's defaults of algorithm and version). */
const argon2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, argon2)

export interface NewSession {
  readonly token: string
  readonly expiresAt: Date
  readonly actor: Actor
}

/** Where a call came from, for the audit trail. */
export interface Origin {
  readonly address: string
  readonly requestId: string
}

/** Null of a name that nobody has. */
interface Who {
  readonly id: string | null
  readonly username: string
  readonly role: string
}

/** Opaque sessions over the users table. An unknown user takes as long to refuse as a wrong password. */
export function createSessions(db: Db, clock: Clock) {
  const decoy = hashPassword(newToken())
  const lockOut = createLockOut(db, clock)
  const inTurn = createTurns()

  /**
   * One after another for a name: attempts count as failed while they are looked at, and whoever has the right password in
   * several windows at once shall not be locked out by it. Throws `session/wrong-credentials` and `session/locked`.
   */
  function signIn(username: string, password: string, origin: Origin): Promise<NewSession> {
    return inTurn(username, () => trySignIn(username, password, origin))
  }

  async function trySignIn(username: string, password: string, origin: Origin): Promise<NewSession> {
    const caller = { username, address: origin.address }
    const attempt = await lockOut.begin(caller)
    const [user] = await db
      .select()
      .from(users)
      .where(and(eq(users.username, username), isNull(users.disabledAt)))
    const matches = await verify(user?.passwordHash ?? (await decoy), password)
    if (!user || !matches) return refuse(attempt, user, username, origin)
    const token = newToken()
    const expiresAt = new Date(clock.now() + sessionMs)
    await db.transaction(async (tx) => {
      await tx.insert(sessions).values({
        tokenHash: hashToken(token),
        userId: user.id,
        createdAt: new Date(clock.now()),
        expiresAt,
      })
      await lockOut.succeeded(tx, attempt, caller)
      await recordAudit(tx, entryOf('signIn', user, 200, origin))
    })
    return { token, expiresAt, actor: actorOf(user) }
  }

  async function refuse(attempt: Attempt, user: Who | undefined, username: string, origin: Origin): Promise<never> {
    const who = { id: user?.id ?? null, username, role: user?.role ?? 'unknown' }
    const { failures, lockedUntil } = attempt
    await db.transaction(async (tx) => {
      await recordAudit(tx, entryOf('signIn', who, 401, origin))
      if (lockedUntil === null) return
      const detail = { failures, lockedUntil: lockedUntil.toISOString() }
      await recordAudit(tx, { ...entryOf('lockAccount', who, 429, origin), detail })
    })
    if (lockedUntil) throw locked(lockedUntil, new Date(clock.now()))
    throw new DomainError('session/wrong-credentials', 'user name or password is wrong')
  }

  async function actorBy(token: string): Promise<Actor | undefined> {
    const [row] = await db
      .select({ user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.tokenHash, hashToken(token)),
          gt(sessions.expiresAt, new Date(clock.now())),
          isNull(users.disabledAt),
        ),
      )
    return row && actorOf(row.user)
  }

  async function signOut(actor: Actor, token: string, origin: Origin): Promise<void> {
    await db.transaction(async (tx) => {
      await tx.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)))
      await recordAudit(tx, entryOf('signOut', actor, 204, origin))
    })
  }

  function entryOf(
    operation: 'signIn' | 'signOut' | 'lockAccount',
    { id, username, role }: Who,
    outcome: number,
    origin: Origin,
  ): AuditEntry {
    const at = new Date(clock.now())
    return {
      ...origin,
      at,
      actorId: id,
      actor: username,
      role,
      operation,
      entity: 'session',
      entityId: id,
      outcome,
      detail: {},
    }
  }

  return { signIn, actorBy, signOut }
}
export type Sessions = ReturnType<typeof createSessions>

function actorOf(user: typeof users.$inferSelect): Actor {
  const { id, username, name, role, engineerId, customerId, branchId, regionPrefix } = user
  return { id, username, name, role, engineerId, customerId, branchId, regionPrefix }
}
