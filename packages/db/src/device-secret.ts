import { createHash, randomBytes } from 'node:crypto'

/** A secret for one device or gateway: 32 random bytes as 43 characters. It is shown once; only its hash is kept. */
export function newDeviceSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What `device_credentials.secret_hash` holds: SHA-256 in hex. A plain hash is enough because the secret is random and long;
 * a slow one would let a fleet that reconnects after an outage starve ingest.
 */
export function hashDeviceSecret(secret: string | Uint8Array): string {
  return createHash('sha256').update(secret).digest('hex')
}
