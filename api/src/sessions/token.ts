import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits; opaque, worth nothing once its row is gone. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps. The token has full entropy, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
