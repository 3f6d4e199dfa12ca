import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { compileThreshold } from '@fettle/domain/rules/threshold'
import { beginThreshold } from '@fettle/domain/rules/threshold-state'
import { createLogger } from '@fettle/platform/logging'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindRules, type RuleRow, type SignalRow } from './bind-rules.ts'
import { createEngine, type AssetReadings, type Engine } from './engine.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
/** A spindle's vibration, judged at one speed as on a machining centre, with a hold of a minute and a pause of three. */
const definition: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'vibration',
  limits: { hh: 2.8, h: 1.8, l: null, ll: null },
  band: 0.2,
  onDelayMs: 60_000,
  offDelayMs: 60_000,
  latenessMs: 30_000,
  whileRunning: true,
  startupMs: 0,
  condition: { signalKey: 'speed', atLeast: 5_900, atMost: 6_100 },
}
const seriesOf = { vibration: 1, speed: 2, run_state: 3 } as const
type Key = keyof typeof seriesOf

const rule: RuleRow = {
  id: 'rule',
  key: 'vibration',
  version: 1,
  modelId: 'VMC850',
  assetId: null,
  failureModeId: 'VMC-01',
  enabled: true,
  definition,
}
const signalRows = Object.entries(seriesOf).map(([signalKey, series]): SignalRow => {
  const about = { signalId: signalKey, signalKey, kind: 'number', assetId: 'asset', modelId: 'VMC850' } as const
  return { series, ...about, mode: 'normal', runStateSignal: 'run_state', runningStates: [2] }
})

const bookOf = (...ruleRows: RuleRow[]) => bindRules({ fingerprint: '', ruleRows, signalRows, windowRows: [] }, logger)

function startEngine(book = bookOf(rule)): Engine {
  let ids = 0
  return createEngine(book, () => `id ${ids++}`)
}

const startMs = 1_763_781_120_000
type Reading = readonly [key: Key, seconds: number, value: number, quality?: 0 | 1 | 2]

function entry(readings: readonly Reading[]): AssetReadings {
  return {
    assetId: 'asset',
    series: Int32Array.from(readings, ([key]) => seriesOf[key]),
    timesMs: Float64Array.from(readings, ([, seconds]) => startMs + seconds * 1000),
    values: Float64Array.from(readings, ([, , value]) => value),
    qualities: Uint8Array.from(readings, ([, , , quality]) => quality ?? 0),
  }
}

const findings = (engine: Engine) => engine.takeEffects().map(({ kind, at }) => `${(at - startMs) / 1000}s ${kind}`)

/** Each entry as it arrives. */
function run(...entries: Reading[][]): string[] {
  const engine = startEngine()
  for (const readings of entries) engine.process(entry(readings))
  return findings(engine)
}

/** Both signals once a second, from `fromS` up to but without `toS`. */
const turning = (fromS: number, toS: number, speed: number, vibration: number): Reading[] =>
  Array.from({ length: toS - fromS }, (_, index): Reading[] => [
    ['vibration', fromS + index, vibration],
    ['speed', fromS + index, speed],
  ]).flat()

/** Parts of five minutes, their finishing cut of 100 s at the end; what shakes in it is given part by part. */
const parts = (...shaking: number[]): Reading[] =>
  shaking.flatMap((vibration, part) => [
    ...turning(part * 300, part * 300 + 200, 2_400, 0.4),
    ...turning(part * 300 + 200, part * 300 + 300, 6_000, vibration),
  ])

describe('between the cuts in which it is judged', () => {
  it('an episode rests: raised in the first bad one, changed and cleared in later ones', () => {
    expect(run(parts(0.8, 2, 2.1, 3, 2.9, 0.9, 0.8))).toEqual(['560s raised', '1160s changed', '1760s cleared'])
  })

  it('what shakes there counts for nothing', () => {
    const roughing = [...turning(0, 3_600, 2_400, 3), ...turning(3_600, 3_700, 6_000, 0.8)]
    expect(run([...roughing, ...turning(3_700, 7_200, 7_500, 3)])).toEqual([])
  })

  it('a good reading there is no recovery', () => {
    expect(run([...turning(0, 100, 6_000, 2), ...turning(100, 4_000, 0, 0.05)])).toEqual(['60s raised'])
  })

  it('short cuts add up within the pause of holds, and not beyond it', () => {
    const cuts = (pauseS: number) =>
      [0, 1, 2].flatMap((cut) => [
        ...turning(cut * (20 + pauseS), cut * (20 + pauseS) + 20, 6_000, 2),
        ...turning(cut * (20 + pauseS) + 20, (cut + 1) * (20 + pauseS), 0, 0.05),
      ])
    expect(run(cuts(100))).toEqual(['120s raised'])
    expect(run(cuts(200))).toEqual([])
  })

  it('no hold spans a stop', () => {
    const stop: Reading[] = [['run_state', 40, 0], ...turning(40, 60, 0, 0), ['run_state', 60, 2]]
    expect(run([...turning(0, 40, 6_000, 2), ...stop, ...turning(60, 110, 6_000, 2)])).toEqual([])
    expect(run([...turning(0, 40, 6_000, 2), ...turning(40, 60, 0, 0), ...turning(60, 110, 6_000, 2)])).toHaveLength(1)
  })
})

describe('whether it holds', () => {
  const bad: Reading[] = Array.from({ length: 100 }, (_, second) => ['vibration', second, 2])

  it('is unknown until its signal is heard', () => {
    expect(run(bad)).toEqual([])
    expect(run(bad, [['speed', 100, 6_000]], turning(101, 150, 6_000, 2))).toEqual([])
    expect(run([['speed', 30, 6_000], ...bad])).toEqual(['90s raised'])
  })

  it('is told first, wherever it stands in an entry and whatever it is ordered', () => {
    expect(run([...bad, ['speed', 0, 6_000]])).toEqual(['60s raised'])
    expect(run([...bad.toReversed(), ['speed', 0, 6_000]])).toEqual(['60s raised'])
    expect(run([...bad, ['speed', 50, 0], ['speed', 0, 6_000]])).toEqual([])
  })

  it('goes on in silence, and for a pause after a bad reading', () => {
    const more = (toS: number): Reading[] => Array.from({ length: toS }, (_, second) => ['vibration', second, 2])
    expect(run([['speed', 0, 6_000], ['speed', 1, 6_000, 2], ...more(3_600)])).toEqual(['60s raised'])
    expect(run([['speed', 0, 6_000], ['speed', 1, NaN], ...more(3_600)])).toEqual(['60s raised'])
    const late: Reading[] = Array.from({ length: 3_600 }, (_, second) => ['vibration', 62 + second, 2])
    expect(run([['speed', 0, 6_000], ['speed', 1, 6_000, 2], ...late])).toEqual([])
    expect(run([['speed', 0, 6_000], ...late])).toEqual(['122s raised'])
  })

  it('is known of all of an entry, however often it changes', () => {
    const wandering = Array.from({ length: 200 }, (_, second): Reading[] => [
      ['vibration', second, second < 100 ? 2 : 0.5],
      ['speed', second, second % 2 === 0 ? 6_000 : 3_000],
    ])
    expect(run(wandering.flat())).toEqual(['60s raised', '160s cleared'])
  })
})

describe('readings behind their signal’s newest', () => {
  const present = turning(10_000, 10_060, 0, 0.05)

  it('are judged by what came behind with them', () => {
    expect(run(present, turning(0, 100, 6_000, 2))).toEqual(['60s raised'])
    expect(run(present, turning(0, 100, 2_400, 2))).toEqual([])
  })

  it('count for nothing when the condition is not known of their time', () => {
    const alone = turning(0, 100, 6_000, 2).filter(([key]) => key === 'vibration')
    expect(run(present, alone)).toEqual([])
  })

  it('ask the history in order where that reaches back', () => {
    const early: Reading[] = Array.from({ length: 100 }, (_, second) => ['vibration', second, 2])
    expect(
      run(
        [
          ['speed', 0, 6_000],
          ['speed', 100, 0],
          ['vibration', 200, 0.05],
        ],
        early,
      ),
    ).toEqual(['60s raised'])
  })
})

describe('another book', () => {
  it('whose new version asks for the same goes on knowing it', () => {
    const engine = startEngine()
    engine.process(entry(turning(0, 10, 6_000, 0.8)))
    engine.follow(bookOf({ ...rule, version: 2, definition: { ...definition, onDelayMs: 5_000 } }))
    const alone = turning(10, 20, 6_000, 2).filter(([key]) => key === 'vibration')
    engine.process(entry(alone))
    expect(findings(engine)).toEqual(['15s raised'])
  })

  it('without the condition counts every reading, and no longer remembers it', () => {
    const engine = startEngine()
    engine.process(entry(turning(0, 10, 0, 2)))
    engine.follow(bookOf({ ...rule, version: 2, definition: unconditioned }))
    engine.process(entry(turning(10, 80, 0, 2)))
    expect(findings(engine)).toEqual(['70s raised'])
    expect(JSON.stringify(takeSnapshot(engine.memory))).not.toContain('speed')
  })
})

const { condition: _, ...unconditioned } = definition

/** Both signals change zone now and then; the condition's is unreadable at times. */
const histories = fc
  .array(
    fc.record({
      speed: fc.constantFrom(6_000, 6_000, 6_000, 5_899, 6_101, 0),
      vibration: fc.constantFrom(0.5, 1.7, 2, 2, 3),
      spoken: fc.constantFrom<0 | 1 | 2>(0, 0, 0, 0, 1, 2),
      pauseS: fc.constantFrom(1, 5, 5, 5, 70, 200),
      readings: fc.integer({ min: 1, max: 25 }),
    }),
    { minLength: 8, maxLength: 30 },
  )
  .map((stretches) => {
    let second = 0
    return stretches.flatMap(({ speed, vibration, spoken, pauseS, readings }) =>
      Array.from({ length: readings }, (_, index): Reading[] => {
        second += index === 0 ? pauseS : 5
        return [
          ['vibration', second, vibration],
          ['speed', second, speed, spoken],
        ]
      }),
    )
  })

/** The condition as it is told to a person, looking at everything told up to that second. */
function counts(speeds: readonly Reading[], atS: number): boolean {
  const told = speeds.filter(([, second]) => second <= atS)
  const known = told.findLastIndex(([, , , quality]) => quality !== 2)
  const lost = told[known + 1]
  const [, , rpm = NaN] = told[known] ?? []
  return rpm >= 5_900 && rpm <= 6_100 && (lost === undefined || atS - lost[1] < 60)
}

it('finds what the threshold finds in the readings that count', () => {
  let found = 0
  fc.assert(
    fc.property(histories, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (instants, lengths) => {
      const readings = instants.flat()
      const speeds = readings.filter(([key]) => key === 'speed')
      const step = compileThreshold(definition)
      const state = beginThreshold()
      const expected = readings
        .filter(([key, second]) => key === 'vibration' && counts(speeds, second))
        .flatMap(([, second, value]) => step(state, startMs + second * 1000, value, 0, 2) ?? [])
        .map(({ kind, at }) => `${(at - startMs) / 1000}s ${kind}`)
      const engine = startEngine()
      for (let next = 0; next < instants.length;) {
        const length: number = lengths.next().value ?? 1
        engine.process(entry(instants.slice(next, next + length).flat()))
        next += length
      }
      expect(findings(engine)).toEqual(expected)
      found += expected.length
    }),
    { numRuns: 500 },
  )
  expect(found).toBeGreaterThan(500) // the histories do provoke episodes
})

it('a snapshot taken anywhere changes nothing', () => {
  let found = 0
  const late = fc.array(fc.integer({ min: -600, max: -5 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(histories, late, fc.infiniteStream(fc.boolean()), (drawn, shifts, saves) => {
      const instants = drawn.slice(0, 120)
      const again = shifts.flatMap((shift) =>
        instants
          .slice(0, 10)
          .map((instant) => instant.map(([key, at, ...told]): Reading => [key, at + shift, ...told])),
      )
      const kept = startEngine()
      let saved = startEngine()
      for (const readings of [...instants, ...again, ...instants]) {
        kept.process(entry(readings))
        saved.process(entry(readings))
        const expected = findings(kept)
        expect(findings(saved)).toEqual(expected)
        found += expected.length
        if (!saves.next().value) continue
        const snapshot: unknown = JSON.parse(JSON.stringify(takeSnapshot(saved.memory)))
        saved = startEngine()
        expect(restoreSnapshot(saved, snapshot)).toBe(true)
      }
    }),
    { numRuns: 100 },
  )
  expect(found).toBeGreaterThan(30)
})

it('a snapshot of the time before conditions is read; they begin unknown', () => {
  const engine = startEngine(bookOf({ ...rule, definition: unconditioned }))
  engine.process(entry([['run_state', 0, 2], ...turning(0, 61, 0, 2)]))
  const snapshot = takeSnapshot(engine.memory)
  expect(snapshot.assets).toEqual([['asset', [1, -60_000, -60_000]]])
  const next = startEngine(bookOf({ ...rule, version: 2 }))
  expect(restoreSnapshot(next, JSON.parse(JSON.stringify(snapshot)))).toBe(true)
  next.process(entry(turning(100, 300, 6_000, 0.5)))
  expect(findings(next)).toEqual(['160s cleared'])
})
