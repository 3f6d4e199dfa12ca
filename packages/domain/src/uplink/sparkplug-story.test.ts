import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  interrupted,
  receiveSparkplug,
  unknownNode,
  type MetricReading,
  type SparkplugMessage,
} from './sparkplug-session.ts'
import { datatypes } from './sparkplug-wire.ts'
import type { SparkplugMetric } from './sparkplug.ts'

/**
 * A whole life of an edge node that follows the specification, over a network that does not: it deals out new aliases with
 * every birth, answers a rebirth request or not, dies and comes back, while messages are lost and connections cut.
 */
const event = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('data' as const), device: fc.nat(2), metric: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose' as const), device: fc.nat(2), metric: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('device dies' as const), device: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('device is born' as const), device: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('node dies' as const, 'node is born' as const) }) },
  // While the connection is cut the node goes through a birth that nobody hears, or not.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), rebornMeanwhile: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rebirth is answered' as const) }) },
)

const members = ['', 'P1', 'P2']
const names = ['flow', 'pressure', 'seal']
const t = 1_763_781_120_000

/** The node's side: what it would publish, with the truth about each value in the value itself. */
function createEdgeNode() {
  let seq = 0
  let bdSeq = 0n
  let shift = 0
  let nowMs = t
  let count = 0
  const alive = new Set<string>()
  const tick = () => (nowMs += 1_000)
  const next = () => (seq = (seq + 1) % 256)
  const aliasOf = (device: string, name: string) =>
    String(members.indexOf(device) * 3 + ((names.indexOf(name) + shift) % names.length))
  const valued = (device: string, name: string, born: boolean): SparkplugMetric => ({
    ...(born && { name, datatype: datatypes.String }),
    alias: aliasOf(device, name),
    timestampMs: nowMs,
    isHistorical: false,
    isNull: false,
    raw: `${device}/${name}#${(count += 1)}`,
  })
  const message = (type: 'BIRTH' | 'DATA' | 'DEATH', device: string, metrics: SparkplugMetric[]): SparkplugMessage => {
    tick()
    const numbered = type === 'DEATH' && device === '' ? {} : { seq }
    return device === ''
      ? { type: `N${type}`, payload: { timestampMs: nowMs, ...numbered, metrics } }
      : { type: `D${type}`, device, payload: { timestampMs: nowMs, ...numbered, metrics } }
  }
  const session = (): SparkplugMetric => ({
    name: 'bdSeq',
    datatype: datatypes.Int64,
    raw: bdSeq,
    isHistorical: false,
    isNull: false,
  })
  const bear = (device: string): SparkplugMessage => {
    alive.add(device)
    const metrics = names.map((name) => valued(device, name, true))
    return message('BIRTH', device, device === '' ? [session(), ...metrics] : metrics)
  }
  return {
    alive,
    now: () => nowMs,
    /** New aliases, all births, beginning with number 0. */
    rebirth(): SparkplugMessage[] {
      const devices = members.filter((each) => each !== '' && alive.has(each))
      shift += 1
      seq = 0
      const first = bear('')
      return [first, ...devices.map((device) => (next(), bear(device)))]
    },
    bearDevice: (device: string) => (next(), bear(device)),
    data: (device: string, name: string) => (next(), message('DATA', device, [valued(device, name, false)])),
    killDevice(device: string) {
      alive.delete(device)
      next()
      return message('DEATH', device, [])
    },
    die() {
      alive.clear()
      const will = message('DEATH', '', [session()])
      bdSeq += 1n
      return will
    },
  }
}

it('believes nothing wrong, tells every death, and is whole again after a rebirth', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 120 }), (events) => {
      const edge = createEdgeNode()
      let host = unknownNode
      /** True while nothing is missing since the last NBIRTH that the host heard. */
      let heardAll = false
      let asked: string | undefined
      const latest = new Map<string, MetricReading>()

      const hear = (messages: SparkplugMessage[]) => {
        for (const message of messages) {
          const step = receiveSparkplug(host, message, edge.now())
          host = step.node
          asked = step.rebirth
          if (message.type === 'NBIRTH') heardAll = true
          for (const reading of step.readings) {
            const key = `${reading.device ?? ''}/${reading.metric}`
            const { value, quality } = reading
            if (quality === 0) expect(value).toMatch(new RegExp(`^${key}#`))
            if (!heardAll && message.type.endsWith('DATA')) expect(quality).toBeGreaterThan(0)
            expect(reading.tsMs).toBeGreaterThan(latest.get(key)?.tsMs ?? 0)
            latest.set(key, reading)
          }
          expectDeadOnesBad(message)
        }
      }
      const expectDeadOnesBad = ({ type, device }: SparkplugMessage) => {
        if (!type.endsWith('DEATH')) return
        const dead = [...latest].filter(([key]) => type === 'NDEATH' || key.startsWith(`${device}/`))
        for (const [, reading] of dead) expect(reading).toMatchObject({ value: null, quality: 2 })
      }

      for (const each of events) {
        const device = 'device' in each ? members[each.device]! : ''
        switch (each.kind) {
          case 'node is born':
          case 'rebirth is answered':
            if (each.kind === 'rebirth is answered' && !edge.alive.has('')) break
            hear(edge.rebirth())
            expect(host.complete).toBe(true)
            expect(asked).toBeUndefined()
            break
          case 'node dies':
            if (!edge.alive.has('')) break
            hear([edge.die()])
            heardAll = false
            break
          case 'device is born':
            if (edge.alive.has('')) hear([edge.bearDevice(device)])
            break
          case 'device dies':
            if (edge.alive.has(device)) hear([edge.killDevice(device)])
            break
          case 'data':
            if (!edge.alive.has(device)) break
            hear([edge.data(device, names[each.metric]!)])
            expect(asked === undefined).toBe(heardAll)
            break
          case 'lose':
            if (!edge.alive.has(device)) break
            edge.data(device, names[each.metric]!)
            heardAll = false
            break
          case 'cut':
            if (each.rebornMeanwhile && edge.alive.has('')) edge.rebirth()
            host = interrupted(host)
            heardAll = false
            break
          default:
            each satisfies never
        }
      }
    }),
    { numRuns: 300 },
  )
})
