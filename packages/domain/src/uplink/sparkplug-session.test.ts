import { describe, expect, it } from 'vitest'
import {
  interrupted,
  receiveSparkplug,
  unknownNode,
  type MetricReading,
  type SparkplugMessage,
  type SparkplugNode,
} from './sparkplug-session.ts'
import { datatypes } from './sparkplug-wire.ts'
import type { SparkplugMetric, SparkplugPayload } from './sparkplug.ts'

const t = 1_763_781_120_000
const metric = (more: Partial<SparkplugMetric>): SparkplugMetric => ({ isHistorical: false, isNull: false, ...more })
const bdSeq = (value: bigint) => metric({ name: 'bdSeq', datatype: datatypes.Int64, raw: value })
const flow = metric({ name: 'flow', alias: '1', datatype: datatypes.Double, raw: 96 })
const state = metric({ name: 'state', alias: '2', datatype: datatypes.Int32, raw: 2n })
const rebirthControl = metric({ name: 'Node Control/Rebirth', datatype: datatypes.Boolean, raw: false })

type Given = [SparkplugMessage['type'], Partial<SparkplugPayload>, device?: string]
const message = ([type, payload, device]: Given): SparkplugMessage => ({
  type,
  payload: { metrics: [], ...payload },
  ...(device !== undefined && { device }),
})

/** Node and device P1 are born with seq 0 and 1. */
const born: Given[] = [
  ['NBIRTH', { timestampMs: t, seq: 0, metrics: [bdSeq(4n), rebirthControl, flow] }],
  ['DBIRTH', { timestampMs: t, seq: 1, metrics: [flow, state] }, 'P1'],
]

/** Takes messages one second apart from `t` on; answers the last step. */
function follow(messages: (Given | 'interrupted')[], from: SparkplugNode = unknownNode) {
  let step = { node: from, readings: [] as MetricReading[] } as ReturnType<typeof receiveSparkplug>
  for (const [index, each] of messages.entries()) {
    step =
      each === 'interrupted'
        ? { node: interrupted(step.node), readings: [] }
        : receiveSparkplug(step.node, message(each), t + index * 1_000)
  }
  const told = step.readings.map(({ device, metric, tsMs, value, quality }) => [
    device,
    metric,
    tsMs - t,
    value,
    quality,
  ])
  return { rebirth: undefined, died: undefined, ...step, told }
}

const byAlias = (alias: string, raw: SparkplugMetric['raw'], more: Partial<SparkplugMetric> = {}) =>
  metric({ alias, timestampMs: t + 1_900, ...(raw !== undefined && { raw }), ...more })

describe('an edge node', () => {
  it('is born with its values; what it keeps for itself is no reading', () => {
    const { told, rebirth } = follow(born.slice(0, 1))
    expect(told).toEqual([[undefined, 'flow', 0, 96, 0]])
    expect(rebirth).toBeUndefined()
  })

  it('gives data by alias, with the datatypes of the birth, each member its own', () => {
    const metrics = [byAlias('1', 97.5), byAlias('2', 0xfffffffen)]
    const { told, rebirth } = follow([...born, ['DDATA', { seq: 2, metrics }, 'P1']])
    expect(told).toEqual([
      ['P1', 'flow', 1_900, 97.5, 0],
      ['P1', 'state', 1_900, -2, 0],
    ])
    expect(rebirth).toBeUndefined()
  })

  it.each<[string, SparkplugMetric, unknown[]]>([
    ['null is bad', byAlias('1', undefined, { isNull: true }), [1_900, null, 2]],
    ['no value is bad', byAlias('1', undefined), [1_900, null, 2]],
    ['NaN is bad', byAlias('1', NaN), [1_900, null, 2]],
    ['quality 192 is good', byAlias('1', 5, { qualityCode: 192 }), [1_900, 5, 0]],
    ['quality 0 is bad, and keeps its doubtful value', byAlias('1', 5, { qualityCode: 0 }), [1_900, 5, 2]],
    ['quality 500 is stale, so uncertain', byAlias('1', 5, { qualityCode: 500 }), [1_900, 5, 1]],
    ['OPC codes are known too', byAlias('1', 5, { qualityCode: 64 }), [1_900, 5, 1]],
    ['a negative quality is nothing we know', byAlias('1', 5, { qualityCode: -1 }), [1_900, 5, 1]],
    ['history keeps its time', byAlias('1', 5, { timestampMs: t - 3_600_000, isHistorical: true }), [-3_600_000, 5, 0]],
  ])('%s', (_, data, expected) => {
    const { told } = follow([...born, ['DDATA', { seq: 2, metrics: [data] }, 'P1']])
    expect(told).toEqual([['P1', 'flow', ...expected]])
  })

  it('without a time a metric has that of its message, and else that of arrival', () => {
    const data = metric({ name: 'flow', raw: 5 })
    expect(follow([...born, ['DDATA', { seq: 2, timestampMs: t + 7, metrics: [data] }, 'P1']]).told[0]?.[2]).toBe(7)
    expect(follow([...born, ['DDATA', { seq: 2, metrics: [data] }, 'P1']]).told[0]?.[2]).toBe(2_000)
  })

  it('counts on from 255 to 0', () => {
    const at254: Given[] = [
      ['NBIRTH', { seq: 254, metrics: [flow] }],
      ['NDATA', { seq: 255 }],
      ['NDATA', { seq: 0 }],
    ]
    expect(follow(at254)).toMatchObject({ rebirth: undefined, node: { complete: true, seq: 0 } })
  })

  it('the same number again is a repetition, not a gap', () => {
    const data: Given = ['DDATA', { seq: 2, metrics: [byAlias('1', 5)] }, 'P1']
    expect(follow([...born, data, data]).rebirth).toBeUndefined()
  })

  it.each<[string, (Given | 'interrupted')[], RegExp, number]>([
    ['a gap', [...born, ['DDATA', { seq: 4, metrics: [byAlias('1', 5)] }, 'P1']], /number 2 was due, 4 came/, 1],
    [
      'everything after a gap',
      [...born, ['DDATA', { seq: 4 }, 'P1'], ['DDATA', { seq: 5, metrics: [byAlias('1', 5)] }, 'P1']],
      /messages were missed/,
      1,
    ],
    ['an interruption', [...born, 'interrupted', ['DDATA', { seq: 2, metrics: [byAlias('1', 5)] }, 'P1']], /missed/, 1],
    [
      'a device that was born before its node',
      [born[1]!, ['DDATA', { seq: 2, metrics: [byAlias('1', 5)] }, 'P1']],
      /edge node was not born/,
      1,
    ],
  ])('%s needs a rebirth; meanwhile data is uncertain', (_, messages, reason, quality) => {
    const { told, rebirth } = follow(messages)
    expect(rebirth).toMatch(reason)
    expect(told).toEqual([['P1', 'flow', 1_900, 5, quality]])
  })

  it.each<[string, Given[], RegExp]>([
    ['of a node', [['NDATA', { seq: 2, metrics: [byAlias('1', 5)] }]], /before its birth/],
    ['of a device', [born[0]!, ['DDATA', { seq: 1, metrics: [byAlias('1', 5)] }, 'P2']], /before its birth/],
    [
      'of a dead device',
      [...born, ['DDEATH', { seq: 2 }, 'P1'], ['DDATA', { seq: 3, metrics: [flow] }, 'P1']],
      /before/,
    ],
    [
      'with a strange alias',
      [...born, ['DDATA', { seq: 2, metrics: [byAlias('9', 5)] }, 'P1']],
      /not name the alias 9/,
    ],
    ['with a strange name', [...born, ['NDATA', { seq: 2, metrics: [state] }]], /not name "state"/],
  ])('data %s is not taken and needs a rebirth', (_, messages, reason) => {
    expect(follow(messages)).toMatchObject({ told: [], rebirth: expect.stringMatching(reason) })
  })

  it('a rebirth makes whole again, with new aliases', () => {
    const renamed = [metric({ ...flow, alias: '2' }), metric({ ...state, alias: '1' })]
    const { told, rebirth } = follow([
      ...born,
      'interrupted',
      born[0]!,
      ['DBIRTH', { seq: 1, metrics: renamed }, 'P1'],
      ['DDATA', { seq: 2, metrics: [byAlias('2', 5)] }, 'P1'],
    ])
    expect(told).toEqual([['P1', 'flow', 1_900, 5, 0]])
    expect(rebirth).toBeUndefined()
  })

  it('names what is no reading', () => {
    const table = metric({ name: 'recipes', datatype: 16 })
    const untyped = metric({ name: 'untyped', raw: 5n })
    const step = follow([['NBIRTH', { seq: 0, metrics: [bdSeq(1n), rebirthControl, table, untyped, flow] }]])
    expect(step.unreadable).toEqual(['recipes', 'untyped'])
    expect(step.told.map(([, name]) => name)).toEqual(['flow'])
    expect(follow([['NDATA', { seq: 1, metrics: [table] }]], step.node)).toMatchObject({ told: [], rebirth: undefined })
  })

  it('a metric that a birth does not name any more goes bad', () => {
    const { told } = follow([...born, ['DBIRTH', { timestampMs: t + 9_000, seq: 2, metrics: [flow] }, 'P1']])
    expect(told).toEqual([
      ['P1', 'flow', 9_000, 96, 0],
      ['P1', 'state', 9_000, null, 2],
    ])
  })
})

describe('a death', () => {
  it('of a device makes its metrics bad at the time it says', () => {
    const { told, died } = follow([...born, ['DDEATH', { timestampMs: t + 5_000, seq: 2 }, 'P1']])
    expect(told).toEqual([
      ['P1', 'flow', 5_000, null, 2],
      ['P1', 'state', 5_000, null, 2],
    ])
    expect(died).toBe(true)
  })

  it('of a node makes all its metrics bad now, for the message was written when it connected', () => {
    const { told } = follow([...born, ['NDEATH', { timestampMs: t - 86_400_000, metrics: [bdSeq(4n)] }]])
    expect(told).toEqual([
      [undefined, 'flow', 2_000, null, 2],
      ['P1', 'flow', 2_000, null, 2],
      ['P1', 'state', 2_000, null, 2],
    ])
  })

  it('is told once', () => {
    const death: Given = ['NDEATH', { metrics: [bdSeq(4n)] }]
    expect(follow([...born, death, death]).told).toEqual([])
    expect(follow([...born, ['DDEATH', { seq: 2 }, 'P1'], death]).told).toEqual([[undefined, 'flow', 3_000, null, 2]])
  })

  it('of an earlier session is none', () => {
    const late = follow([...born, ['NDEATH', { metrics: [bdSeq(3n)] }]])
    expect(late).toMatchObject({ told: [], died: undefined, node: { born: true, complete: true } })
  })

  it('does not lie before the last value, when the clock of the source is ahead', () => {
    const ahead = byAlias('1', 5, { timestampMs: t + 60_000 })
    const data: Given = ['DDATA', { seq: 2, metrics: [ahead] }, 'P1']
    const { told } = follow([...born, data, ['DDEATH', { timestampMs: t + 3_000, seq: 3 }, 'P1']])
    expect(told.map(([, , tsMs]) => tsMs)).toEqual([60_001, 60_001])
  })

  it('is not moved by a time that cannot be true', () => {
    const absurd = byAlias('1', 5, { timestampMs: Date.UTC(2100, 0, 1) })
    const data: Given = ['DDATA', { seq: 2, metrics: [absurd] }, 'P1']
    const { told } = follow([...born, data, ['NDEATH', {}]])
    expect(told.map(([, , tsMs]) => tsMs)).toEqual([3_000, 3_000, 3_000])
  })

  it('ends with a birth, also when the value is older than the death', () => {
    const old = metric({ ...flow, timestampMs: t - 5_000 })
    const history = metric({ ...flow, timestampMs: t - 9_000, isHistorical: true })
    const again: Given = ['NBIRTH', { timestampMs: t + 8_000, seq: 0, metrics: [old, history] }]
    expect(follow([...born, ['NDEATH', {}], again]).told).toEqual([
      [undefined, 'flow', 8_000, 96, 0],
      [undefined, 'flow', -9_000, 96, 0],
    ])
  })
})
