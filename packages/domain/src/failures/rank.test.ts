import type { FailureMode } from '@fettle/contracts/failure-modes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { observe } from './observe.ts'
import { rankFailureModes } from './rank.ts'

const text = { zh: '–', en: '–' }

function mode(key: string, prior: number, signature: FailureMode['signature']): FailureMode {
  const words = { name: text, onSignals: text, causes: text, fix: text }
  return { id: key, key, modelKey: 'AC75', ...words, signature, prior, parts: [], standardHours: '2.5', persons: 1 }
}

function part(direction: 'up' | 'down') {
  return (signalKey: string, from: number, to: number) => ({
    signalKey,
    direction,
    perHour: [from, to] as [number, number],
  })
}
const [up, down] = [part('up'), part('down')]

/** The compressor's catalogue of the demonstration. */
const compressor = [
  mode('AC-01', 0.2, [up('temperature', 200, 480)]),
  mode('AC-02', 0.2, [up('separator_dp', 0.00001, 0.00003), up('current', 0.001, 0.003)]),
  mode('AC-03', 0.2, [up('temperature', 0.008, 3)]),
  mode('AC-04', 0.08, [up('airend_vibration', 0.003, 0.02), up('temperature', 0.004, 0.02)]),
  mode('AC-05', 0.14, [down('pressure', 0.5, 20), down('current', 200, 20_000)]),
  mode('AC-06', 0.18, [up('vacuum', 0.003, 0.006), up('specific_power', 0.0001, 0.0005)]),
]

const usual: Record<string, [level: number, limit: number, decimals: number]> = {
  temperature: [93, 100, 1],
  separator_dp: [0.03, 0.08, 3],
  current: [138, 150, 1],
  pressure: [0.72, 0.85, 3],
  airend_vibration: [5, 9, 2],
  vacuum: [2, 5, 2],
  specific_power: [6.4, 7.2, 2],
}

/** The hour before an alarm: every signal as usual, within 1 %, but for those given by the minute. */
function hour(given: Record<string, (minute: number) => number> = {}) {
  const times = Array.from({ length: 301 }, (_, index) => index * 12_000)
  return Object.entries(usual).map(([signalKey, [level, limit, decimals]]) => {
    const valueAt = given[signalKey] ?? (() => level)
    const mean = times.map((at) => valueAt(at / 60_000) * (1 + 0.005 * Math.sin(at / 9_000)))
    const limits = { hh: null, h: limit, l: null, ll: null }
    const trend = { signalKey, name: { zh: '排气温度', en: 'Temperature' }, unit: '°C', decimals, limits, times }
    return observe({ ...trend, mean, min: mean, max: mean }, { fromMs: 55 * 60_000, toMs: 60 * 60_000 })
  })
}

const fanFault = (minute: number) => 93 + (minute > 58.7 ? 6 * (minute - 58.7) : 0)
const shares = (ranked: ReturnType<typeof rankFailureModes>) =>
  Object.fromEntries(ranked.map(({ key, share }) => [key, Math.round(share * 100)]))

describe('likely causes', () => {
  it('a dead fan is told from a dusty cooler by its speed: about 78 % before 14 %', () => {
    const by = { failureModeKey: 'AC-01', signalKey: 'temperature' }
    const ranked = rankFailureModes(compressor, hour({ temperature: fanFault }), by)
    expect(ranked.slice(0, 2).map(({ key }) => key)).toEqual(['AC-01', 'AC-03'])
    expect(Math.abs(shares(ranked)['AC-01']! - 78)).toBeLessThanOrEqual(3)
    expect(Math.abs(shares(ranked)['AC-03']! - 14)).toBeLessThanOrEqual(3)
    expect(ranked[0]?.reasons).toEqual([
      { zh: '报警规则指向此故障', en: 'The rule names this failure' },
      {
        zh: expect.stringMatching(/^排气温度每分钟 \+[5-7](\.\d)? °C，方向与速度相符$/),
        en: expect.stringMatching(/^Temperature \+[5-7](\.\d)? °C a minute: direction and speed fit$/),
      },
      { zh: '占本机型故障的 20%', en: '20% of this model’s failures' },
    ])
  })

  it('the same limit reached by slow warming points to the cooler, whatever the rule names', () => {
    const by = { failureModeKey: 'AC-01', signalKey: 'temperature' }
    const [first] = rankFailureModes(compressor, hour({ temperature: () => 101 }), by)
    expect(first?.key).toBe('AC-03')
  })

  it('slow wear shows as a signal that stands beyond its limit', () => {
    const by = { failureModeKey: null, signalKey: 'airend_vibration' }
    const [first] = rankFailureModes(compressor, hour({ airend_vibration: () => 9.3 }), by)
    expect(first).toMatchObject({
      key: 'AC-04',
      reasons: [{ en: expect.stringContaining('stands beyond its limit') }, {}],
    })
  })

  it('a mode that does not explain the alarm says so', () => {
    const by = { failureModeKey: 'AC-01', signalKey: 'temperature' }
    const ranked = rankFailureModes(compressor, hour({ temperature: fanFault }), by)
    const airFilter = ranked.find(({ key }) => key === 'AC-06')
    expect(airFilter?.reasons[0]?.zh).toBe('不能解释排气温度报警')
  })

  it('without readings only experience counts', () => {
    const ranked = rankFailureModes(compressor, [], { failureModeKey: null, signalKey: null })
    expect(ranked).toHaveLength(compressor.length)
    expect(ranked[0]!.share).toBeLessThan(0.3)
  })

  it('shares are a ranking and never exceed the whole', () => {
    const level = fc.double({ min: 0.1, max: 200, noNaN: true })
    fc.assert(
      fc.property(level, level, fc.constantFrom(null, ...Object.keys(usual)), (temperature, current, signalKey) => {
        const observed = hour({ temperature: () => temperature, current: (minute) => 138 + (current * minute) / 60 })
        const found = rankFailureModes(compressor, observed, { failureModeKey: 'AC-02', signalKey }).map(
          (one) => one.share,
        )
        expect(found.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1)
        expect(found).toEqual(found.toSorted((a, b) => b - a))
        expect(found.length).toBeGreaterThan(0)
      }),
      { numRuns: 30 },
    )
  })
})
