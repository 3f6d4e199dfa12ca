import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeGroup, groupHeaderBytes, hasGroupAfter, maxPayloadBytes } from './record.ts'

const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 8 })
const position = fc.maxSafeNat()

/** Decodes a whole buffer; ends at the first frame that is neither a group header nor a record. */
function decodeAll(buffer: Buffer) {
  const records: Buffer[] = []
  const groups: number[] = []
  for (let at = 0; ;) {
    const frame = decodeFrame(buffer, at)
    if (frame.kind === 'record') records.push(Buffer.from(frame.payload))
    else if (frame.kind === 'group') groups.push(frame.position)
    else return { records, groups, end: frame.kind, at }
    at += frame.bytes
  }
}

describe('a group', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(position, payloads, (first, given) => {
        const { bytes, payloads: copies } = encodeGroup(first, given)
        const decoded = decodeAll(bytes)
        expect(decoded).toEqual({
          records: given.map((payload) => Buffer.from(payload)),
          groups: [first],
          end: 'incomplete',
          at: bytes.length,
        })
        expect(copies.map((copy) => Buffer.from(copy))).toEqual(decoded.records)
      }),
    )
  })

  it('has the documented bytes', () => {
    const { bytes } = encodeGroup(258, [Buffer.from('hi')])
    // Checksums by an independent CRC-32 (Python zlib.crc32) of position and of length + payload.
    expect(bytes.toString('hex')).toBe('46544c47' + 'a0d37081' + '0201000000000000' + '02000000' + 'fb384065' + '6869')
  })

  it('does not share memory with the payloads given', () => {
    const payload = Buffer.from('before')
    const { bytes, payloads: copies } = encodeGroup(0, [payload])
    payload.write('AFTER!')
    expect(Buffer.from(copies[0]!).toString()).toBe('before')
    expect(decodeAll(bytes).records[0]!.toString()).toBe('before')
  })

  it('cut off anywhere keeps its whole records and asks for more', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (given, seed) => {
        const { bytes } = encodeGroup(7, given)
        const { records, end } = decodeAll(bytes.subarray(0, seed % bytes.length))
        expect(end).toBe('incomplete')
        expect(records).toEqual(given.slice(0, records.length).map((payload) => Buffer.from(payload)))
      }),
    )
  })

  it('with any bit flipped never gives a record that was not written', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (given, seed) => {
        const { bytes } = encodeGroup(7, given)
        const bit = seed % (bytes.length * 8)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        const { records } = decodeAll(bytes)
        expect(records.length).toBeLessThan(given.length + 1)
        expect(records).toEqual(given.slice(0, records.length).map((payload) => Buffer.from(payload)))
      }),
    )
  })
})

describe('decodeFrame', () => {
  it('takes a run of zeros for damage, not for empty records', () => {
    expect(decodeFrame(Buffer.alloc(64), 0)).toEqual({ kind: 'corrupt', reason: 'record checksum mismatch' })
  })

  it('refuses a length above the maximum without waiting for so many bytes', () => {
    const buffer = Buffer.alloc(8)
    buffer.writeUInt32LE(maxPayloadBytes + 1)
    expect(decodeFrame(buffer, 0)).toEqual({
      kind: 'corrupt',
      reason: `impossible record length ${maxPayloadBytes + 1}`,
    })
  })
})

describe('hasGroupAfter', () => {
  const { bytes } = encodeGroup(9, [Buffer.from('payload')])

  it('finds a later group behind damage of any length', () => {
    for (const damage of [0, 1, 7, 1000]) {
      expect(hasGroupAfter(Buffer.concat([Buffer.alloc(damage, 0xee), bytes]), 8)).toBe(true)
    }
  })

  it('ignores the group itself, a torn header and a payload that has the magic in it', () => {
    expect(hasGroupAfter(bytes, 9)).toBe(false)
    expect(hasGroupAfter(bytes.subarray(0, groupHeaderBytes - 1), 8)).toBe(false)
    expect(hasGroupAfter(Buffer.from('FTLG and some more text'), 0)).toBe(false)
  })
})
