import { sessions, users } from '@fettle/db/schema/identity'
import type { Db } from '@fettle/db/client'
import { DomainError } from '@fettle/domain/domain-error'
import type { Clock } from '@fettle/platform/clock'
import { hash, verify } from '@node-rs/argon2'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { type AuditEntry, recordAudit } from '../audit/record.ts'
import type { Actor } from '../policy/actor.ts'
import { hashToken, newToken } from './token.ts'

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

/** Opaque sessions over the users table. An unknown user takes as long to refuse as a wrong password. */
export function createSessions(db: Db, clock: Clock) {
  const decoy = hashPassword(newToken())

  async function signIn(username: string, password: string, origin: Origin): Promise<NewSession> {
    const [user] = await db
      .select()
      .from(users)
      .where(and(eq(users.username, username), isNull(users.disabledAt)))
    const matches = await verify(user?.passwordHash ?? (await decoy), password)
    if (!user || !matches) {
      const who = { id: user?.id ?? null, username, role: user?.role ?? 'unknown' }
      await db.transaction((tx) => recordAudit(tx, entryOf('signIn', who, 401, origin)))
      throw new DomainError('session/wrong-credentials', 'user name or password is wrong')
    }
    const token = newToken()
    const expiresAt = new Date(clock.now() + sessionMs)
    await db.transaction(async (tx) => {
      await tx.insert(sessions).values({
        tokenHash: hashToken(token),
        userId: user.id,
        createdAt: new Date(clock.now()),
        expiresAt,
      })
      await recordAudit(tx, entryOf('signIn', user, 200, origin))
    })
    return { token, expiresAt, actor: actorOf(user) }
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
    operation: 'signIn' | 'signOut',
    { id, username, role }: { id: string | null; username: string; role: string },
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
