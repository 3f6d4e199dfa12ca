import { isUtf8 } from 'node:buffer'

/** How much of a message that was refused as a whole is kept. */
const keptBytes = 64 * 1024
const base64Mark = 'base64:'

/** A payload as PostgreSQL text, which holds neither invalid UTF-8 nor NUL: those come as base64. */
export function payloadText(payload: Buffer): string {
  const kept = payload.subarray(0, keptBytes)
  if (isUtf8(payload) && !payload.includes(0)) {
    const text = kept.toString('utf8')
    // A character that was cut in two.
    return kept.length < payload.length ? text.replace(/\uFFFD$/, '') : text
  }
  return base64Mark + kept.toString('base64')
}

/** What `payloadText` was made of. */
export function textPayload(text: string): Buffer {
  return text.startsWith(base64Mark) ? Buffer.from(text.slice(base64Mark.length), 'base64') : Buffer.from(text)
}

/** Any text, such as a topic or an error message that quotes a payload, as PostgreSQL takes it. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}
