import { timingSafeEqual } from 'node:crypto'
import { logTrouble } from '@fettle/db/away'
import type { Db } from '@fettle/db/client'
import { hashDeviceSecret } from '@fettle/db/device-secret'
import { deviceCredentials } from '@fettle/db/schema/devices'
import type { Clock } from '@fettle/platform/clock'
import type { Logger } from '@fettle/platform/logging'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Identity } from './topics.ts'

/** `unavailable`: nobody can tell right now, the client should try again. */
export type Verdict = Identity | 'refused' | 'unavailable'

export interface CredentialsOptions {
  db: Db
  clock: Clock
  logger: Logger
  /** How long a credential is believed without asking again; default 30 s. Changes are also announced by `forget`. */
  keepMs?: number
}

interface Kept {
  identity: Identity
  secretHash: Buffer
  loadedAtMs: number
}

/** Of nobody: comparing with it takes as long as with a real one. */
const noHash = Buffer.alloc(32)

/**
 * Checks who connects. A fleet that reconnects at once is answered from memory, and devices that were seen before are
 * still let in while the database is away.
 */
export function createCredentials({ db, clock, logger, keepMs = 30_000 }: CredentialsOptions) {
  const kept = new Map<string, Kept>()

  async function find(username: string): Promise<Kept | undefined> {
    const known = kept.get(username)
    if (known && clock.now() - known.loadedAtMs < keepMs) return known
    const loadedAtMs = clock.now()
    const [row] = await db
      .select()
      .from(deviceCredentials)
      .where(and(eq(deviceCredentials.username, username), isNull(deviceCredentials.revokedAt)))
    if (!row) {
      kept.delete(username)
      return undefined
    }
    const identity: Identity = { kind: row.kind, key: row.username }
    const fresh = { identity, secretHash: Buffer.from(row.secretHash, 'hex'), loadedAtMs }
    kept.set(username, fresh)
    return fresh
  }

  return {
    async verify(username: string | undefined, secret: Uint8Array | undefined): Promise<Verdict> {
      if (username === undefined || secret === undefined || username.includes('\0')) return 'refused'
      let found: Kept | undefined
      try {
        found = await find(username)
      } catch (error) {
        logTrouble(logger, error, 'cannot look a credential up')
        found = kept.get(username)
        if (!found) return 'unavailable'
      }
      const offered = Buffer.from(hashDeviceSecret(secret), 'hex')
      const expected = found?.secretHash.length === offered.length ? found.secretHash : noHash
      const same = timingSafeEqual(offered, expected)
      return same && found ? found.identity : 'refused'
    },

    /** Something about credentials changed: everybody is looked up again when they connect next. */
    forget(): void {
      for (const entry of kept.values()) entry.loadedAtMs = -Infinity
    },

    /** Those of `usernames` that may not be connected any more. */
    async withoutCredential(usernames: readonly string[]): Promise<string[]> {
      if (usernames.length === 0) return []
      const rows = await db
        .select({ username: deviceCredentials.username })
        .from(deviceCredentials)
        .where(and(inArray(deviceCredentials.username, [...usernames]), isNull(deviceCredentials.revokedAt)))
      const valid = new Set(rows.map(({ username }) => username))
      return usernames.filter((username) => !valid.has(username))
    },
  }
}
