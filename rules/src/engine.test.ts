import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { compileThreshold } from '@fettle/domain/rules/threshold'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RuleBook } from './bind-rules.ts'
import { createEngine, type AssetReadings, type Engine } from './engine.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

const definition: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'pressure',
  limits: { hh: 9, h: 8, l: 2, ll: 1 },
  band: 0.5,
  onDelayMs: 2_000,
  offDelayMs: 2_000,
  latenessMs: 5_000,
  whileRunning: true,
  startupMs: 1_000,
}
const [pressure, runState] = [7, 8]

function bookOf(change: { version?: number; enabled?: boolean; definition?: ThresholdDefinition } = {}): RuleBook {
  const { version = 1, enabled = true } = change
  const about = { assetId: 'asset', signalId: 'signal', failureModeId: 'mode' }
  const step = compileThreshold(change.definition ?? definition)
  const rule = {
    ruleId: 'rule',
    version,
    ...about,
    definition: change.definition ?? definition,
    step,
    condition: undefined,
  }
  return {
    fingerprint: '',
    conditions: new Map(),
    inMaintenance: new Set(),
    windows: new Map(),
    signals: new Map([
      [pressure, { ...about, runningStates: undefined, rules: enabled ? [rule] : [] }],
      [runState, { ...about, runningStates: [1, 2], rules: [] }],
    ]),
  }
}

type Reading = readonly [series: number, seconds: number, value: number, quality?: number]

function entry(readings: readonly Reading[]): AssetReadings {
  return {
    assetId: 'asset',
    series: Int32Array.from(readings, ([series]) => series),
    timesMs: Float64Array.from(readings, ([, seconds]) => 1_763_781_120_000 + seconds * 1000),
    values: Float64Array.from(readings, ([, , value]) => value),
    qualities: Uint8Array.from(readings, ([, , , quality]) => quality ?? 0),
  }
}

function startEngine(book = bookOf()): Engine {
  let ids = 0
  return createEngine(book, () => `id ${ids++}`)
}

/** `2s raised` and so on. */
function findings(engine: Engine): string[] {
  return engine.takeEffects().map(({ kind, at }) => `${(at - 1_763_781_120_000) / 1000}s ${kind}`)
}

function run(...entries: Reading[][]): string[] {
  const engine = startEngine()
  for (const readings of entries) expect(engine.process(entry(readings))).toBe(true)
  return findings(engine)
}

describe('a machine that somebody works on', () => {
  const high = [0, 1, 2, 3, 4, 5].map((at): Reading => [pressure, at, 8.5])
  const at = (seconds: number) => 1_763_781_120_000 + seconds * 1000
  const planned = (fromS: number, toS: number): RuleBook => ({
    ...bookOf(),
    windows: new Map([['asset', [{ fromMs: at(fromS), toMs: at(toS) }]]]),
  })
  const during = (book: RuleBook) => {
    const engine = startEngine(book)
    engine.process(entry(high))
    return findings(engine)
  }

  it('raises nothing in its window, by the time of the reading and not by the clock', () => {
    expect(during(planned(0, 60))).toEqual([])
    expect(during(planned(10, 60))).toEqual(['2s raised'])
  })

  it('counts a hold from the end of its window', () => {
    expect(during(planned(0, 2))).toEqual(['4s raised'])
  })

  it('is watched again as soon as its window is taken back', () => {
    const engine = startEngine(planned(0, 60))
    engine.process(entry(high))
    engine.follow(bookOf())
    engine.process(entry([6, 7, 8].map((second): Reading => [pressure, second, 8.5])))
    expect(findings(engine)).toEqual(['8s raised'])
  })
})

it('a state that is no work for this kind of machine is a standstill', () => {
  const book = bookOf()
  const working = new Map(book.signals).set(runState, { ...book.signals.get(runState)!, runningStates: [2] })
  const engine = startEngine({ ...book, signals: working })
  engine.process(entry([[runState, 0, 1], ...[0, 1, 2, 3].map((second): Reading => [pressure, second, 8.5])]))
  expect(findings(engine)).toEqual([])
})

describe('one entry', () => {
  const high = [0, 1, 2, 3].map((at): Reading => [pressure, at, 8.5])

  it('is evaluated by time, however it is ordered', () => {
    expect(run(high.toReversed())).toEqual(['2s raised'])
  })

  it('tells first how the machine ran, wherever that stands in it', () => {
    expect(run([...high, [runState, 0, 0]])).toEqual([])
    expect(run([[pressure, 0, 8.5]], [...high, [runState, 0, 2], [runState, 2, 3]])).toEqual([])
    expect(run([...high, [runState, 0, 2], [runState, 3, 3]])).toEqual(['2s raised'])
  })

  it('does not believe a bad run state', () => {
    expect(run([...high, [runState, 0, 0, 2], [runState, 1, NaN]])).toEqual(['2s raised'])
  })

  it('with an unknown series is refused as a whole, then taken without it', () => {
    const engine = startEngine()
    const readings = entry([...high, [99, 0, 1]])
    expect(engine.process(readings)).toBe(false)
    expect(findings(engine)).toEqual([])
    expect(engine.process(readings, true)).toBe(true)
    expect(findings(engine)).toEqual(['2s raised'])
    expect(engine.process(readings)).toBe(true) // until there is another book
  })
})

describe('another book', () => {
  function withOpenEpisode(): Engine {
    const engine = startEngine()
    engine.process(entry([0, 1, 2].map((at): Reading => [pressure, at, 8.5])))
    expect(findings(engine)).toEqual(['2s raised'])
    return engine
  }

  it('with the same version changes nothing, not even a hold', () => {
    const engine = startEngine()
    engine.process(entry([[pressure, 0, 8.5]]))
    engine.follow(bookOf())
    engine.process(entry([[pressure, 2, 8.5]]))
    expect(findings(engine)).toEqual(['2s raised'])
  })

  it('with another version keeps the episode and starts the holds anew', () => {
    const engine = withOpenEpisode()
    engine.process(entry([[pressure, 3, 7]]))
    engine.follow(bookOf({ version: 2 }))
    engine.process(entry([[pressure, 5, 7]]))
    expect(findings(engine)).toEqual([])
    engine.process(entry([[pressure, 7, 7]]))
    expect(findings(engine)).toEqual(['7s cleared'])
  })

  it('whose new version knows the level no more lets it fall', () => {
    const engine = startEngine()
    engine.process(entry([0, 1, 2].map((at): Reading => [pressure, at, 9.5])))
    engine.follow(bookOf({ version: 2, definition: { ...definition, limits: { ...definition.limits, hh: null } } }))
    engine.process(entry([3, 4, 5].map((at): Reading => [pressure, at, 9.5])))
    expect(findings(engine)).toEqual(['2s raised', '5s changed'])
  })

  it('without the rule ends the episode, once', () => {
    const engine = withOpenEpisode()
    engine.follow(bookOf({ enabled: false }))
    engine.follow(bookOf({ enabled: true }))
    expect(findings(engine)).toEqual(['2s cleared'])
  })
})

it('a snapshot taken anywhere changes nothing', () => {
  const reading = fc.record({
    series: fc.constantFrom(pressure, pressure, pressure, pressure, pressure, runState),
    /** Seconds to the first of them; the others follow by the second. */
    pause: fc.constantFrom(1, 1, 1, 1, 1, 0, -1, -20, 30, 70),
    value: fc.constantFrom(0.5, 1.5, 2.2, 5, 5, 8.5, 8.5, 8.5, 9.5),
    quality: fc.constantFrom(0, 0, 0, 0, 1, 2),
    repeated: fc.integer({ min: 1, max: 5 }),
  })
  let found = 0
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 60 }), fc.infiniteStream(fc.boolean()), (drawn, saves) => {
      let at = 0
      const readings = drawn.flatMap(({ series, pause, value, quality, repeated }) =>
        Array.from({ length: repeated }, (_, index): Reading => {
          at += index === 0 ? pause : 1
          return [series, at, series === runState ? Math.ceil(value) % 4 : value, quality]
        }),
      )
      const kept = startEngine()
      let saved = startEngine()
      for (const one of readings) {
        kept.process(entry([one]))
        saved.process(entry([one]))
        const expected = findings(kept)
        expect(findings(saved)).toEqual(expected)
        found += expected.length
        if (!saves.next().value) continue
        const snapshot: unknown = JSON.parse(JSON.stringify(takeSnapshot(saved.memory)))
        saved = startEngine()
        expect(restoreSnapshot(saved, snapshot)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
  expect(found).toBeGreaterThan(300)
})

it.each([null, {}, { format: 99 }, 'x'])('a snapshot of another format is refused: %j', (saved) => {
  expect(restoreSnapshot(startEngine(), saved)).toBe(false)
})
