import fc from 'fast-check'
import { expect, it } from 'vitest'
import { payloadText, plainText, textPayload } from './payload-text.ts'

it('comes back as it was, and is text that PostgreSQL takes', () => {
  const payload = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  )
  fc.assert(
    fc.property(payload, (bytes) => {
      const text = payloadText(Buffer.from(bytes))
      expect(text).not.toContain('\0')
      expect(textPayload(text)).toEqual(Buffer.from(bytes))
    }),
  )
})

it('keeps the first 64 KiB, and no half character', () => {
  const text = 'x' + '鼎'.repeat(30_000)
  const kept = payloadText(Buffer.from(text))
  expect(text.startsWith(kept)).toBe(true)
  expect(Buffer.byteLength(kept)).toBe(64 * 1024 - ((64 * 1024 - 1) % 3))
})

it('plain text has no NUL', () => {
  expect(plainText('a\0b')).toBe('a\uFFFDb')
})
