import fc from 'fast-check'
import { generate, parser, type IPublishPacket, type Packet } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { PacketTooLarge, packetFilter } from './packet-limit.ts'

const publish = (payload: Buffer, messageId = 1): IPublishPacket => ({
  cmd: 'publish',
  topic: 't',
  payload,
  qos: 1,
  messageId,
  dup: false,
  retain: false,
})

/** Cuts bytes into chunks of the given lengths, over and over. */
function chunked(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = at + (lengths[i % lengths.length] ?? 1)
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}

function packetsOf(chunks: readonly Buffer[]): Packet[] {
  const packets: Packet[] = []
  const reading = parser()
  reading.on('packet', (packet) => packets.push(packet))
  reading.on('error', (error) => {
    throw error
  })
  for (const chunk of chunks) reading.parse(chunk)
  return packets
}

it('changes nothing but the payload of messages that are too large, wherever the chunks end', () => {
  const size = fc.oneof(fc.nat(60), fc.integer({ min: 90, max: 110 }), fc.integer({ min: 16_000, max: 40_000 }))
  const maxBytes = 100
  const overhead = 2 + 1 + 2 // the topic with its length, the message id
  fc.assert(
    fc.property(
      fc.array(size, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 }),
      (sizes, cuts) => {
        const sent = sizes.map((bytes, i) => publish(Buffer.alloc(bytes, i + 1), i + 1))
        const stream = Buffer.concat(sent.flatMap((packet) => [generate(packet), generate({ cmd: 'pingreq' })]))
        const { filter } = packetFilter({ maxBytes })
        const received = packetsOf(chunked(stream, cuts).map(filter)).filter((packet) => packet.cmd === 'publish')
        expect(received.map(({ messageId }) => messageId)).toEqual(sent.map(({ messageId }) => messageId))
        for (const [i, { payload }] of received.entries()) {
          expect(payload).toEqual(Buffer.alloc(Math.min(sizes[i]!, maxBytes - overhead), i + 1))
        }
      },
    ),
  )
})

it('passes chunks without a large message on as they are', () => {
  const chunk = Buffer.concat([generate(publish(Buffer.alloc(10))), generate(publish(Buffer.alloc(20)))])
  expect(packetFilter({ maxBytes: 100 }).filter(chunk)).toBe(chunk)
})

it('refuses a large packet that is no message', () => {
  const connect = generate({ cmd: 'connect', clientId: 'c', clean: true, username: 'x'.repeat(200) } as Packet)
  expect(() => packetFilter({ maxBytes: 100 }).filter(connect)).toThrow(PacketTooLarge)
})

it('leaves what is no MQTT to the parser', () => {
  const garbage = Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x02])
  const { filter } = packetFilter({ maxBytes: 100 })
  expect(Buffer.concat([filter(garbage), filter(garbage)])).toEqual(Buffer.concat([garbage, garbage]))
})
