import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { QUALITY, type Quality } from '@fettle/contracts/uplink'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { levelOfRank, type Finding, type Rank } from './finding.ts'
import { ATTENTION, compileThreshold, pauseLimit, type Attention } from './threshold.ts'
import { beginThreshold, packThreshold, unpackThreshold } from './threshold-state.ts'

interface Point {
  at: number
  value: number
  quality: Quality
  attention: Attention
}

const { suppressed, full } = ATTENTION

/**
 * The rule as it is explained to a person, without memory: at every reading the whole past is looked at again. Slow and
 * plain, so that it can be believed.
 */
function explain(rule: ThresholdDefinition, points: Point[]): Finding[] {
  const { h, hh, l, ll } = rule.limits
  const usable = points.filter(({ value, quality }) => quality !== QUALITY.bad && Number.isFinite(value))
  const paces = usable.reduce<number[]>((known, { at }, index) => {
    const before = usable[index - 1]
    const pace = known[index - 1] ?? 0
    return [...known, before ? Math.min(at - before.at, pauseLimit(0, pace)) : 0]
  }, [])

  /** For how long, up to reading `last`, every reading was as `condition` says, without a gap; -1 when not even that one. */
  function heldMs(last: number, holdMs: number, condition: (point: Point) => boolean): number {
    let first = last
    if (!condition(usable[last]!)) return -1
    while (first > 0 && condition(usable[first - 1]!)) {
      const pause = usable[first]!.at - usable[first - 1]!.at
      if (pause > pauseLimit(holdMs, paces[first - 1]!)) break
      first -= 1
    }
    return usable[last]!.at - usable[first]!.at
  }
  const limits: Partial<Record<Rank, number | null>> = { 2: hh, 1: h ?? hh, [-1]: l ?? ll, [-2]: ll }
  const limitOf = (rank: Rank) => limits[rank] ?? (rank > 0 ? Infinity : -Infinity)
  const over = (rank: Rank) => (point: Point) =>
    point.attention === full && (rank > 0 ? point.value >= limitOf(rank) : point.value <= limitOf(rank))
  const inside = (rank: Rank) => (point: Point) =>
    point.attention !== suppressed &&
    (rank > 0 ? point.value < limitOf(rank) - rule.band : point.value > limitOf(rank) + rule.band)

  let level: Rank = 0
  const findings: Finding[] = []
  for (const [index, { at, value }] of usable.entries()) {
    const isOver = (rank: Rank) => heldMs(index, rule.onDelayMs, over(rank)) >= rule.onDelayMs
    const isInside = (rank: Rank) => heldMs(index, rule.offDelayMs, inside(rank)) >= rule.offDelayMs
    const reached = ([2, -2, 1, -1] as const).find(isOver) ?? 0
    const side = Math.sign(level) as Rank
    const farther = Math.sign(reached) !== side || Math.abs(reached) > Math.abs(level)
    let next: Rank = level
    if (reached !== 0 && farther) next = reached
    else if (level !== 0 && isInside(side)) next = 0
    else if (Math.abs(level) === 2 && isInside(level)) next = side
    if (next === level) continue
    if (next === 0) findings.push({ kind: 'cleared', at, value, limit: limitOf(side) })
    else
      findings.push({
        kind: level === 0 ? 'raised' : 'changed',
        level: levelOfRank(next),
        at,
        value,
        limit: limitOf(next),
      })
    level = next
  }
  return findings
}

const definitions: fc.Arbitrary<ThresholdDefinition> = fc
  .record({
    limits: fc.record({
      hh: fc.constantFrom(90, null),
      h: fc.constantFrom(80, null),
      l: fc.constantFrom(20, null),
      ll: fc.constantFrom(10, null),
    }),
    band: fc.constantFrom(0, 5, 12),
    onDelayMs: fc.constantFrom(0, 2_000, 5_000, 30_000),
    offDelayMs: fc.constantFrom(0, 3_000, 8_000, 30_000),
  })
  .filter(({ limits }) => Object.values(limits).some((limit) => limit !== null))
  .map((drawn) => ({
    kind: 'threshold',
    signalKey: 's',
    latenessMs: 30_000,
    whileRunning: true,
    startupMs: 0,
    ...drawn,
  }))

/** Values stay in one zone for a while, else no hold would ever be proven; pauses are mostly a second. */
const histories: fc.Arbitrary<Point[]> = fc
  .array(
    fc.record({
      zone: fc.constantFrom(5, 10, 15, 20, 26, 50, 74, 78, 80, 85, 90, 95, 0),
      attention: fc.oneof({ weight: 6, arbitrary: fc.constant(full) }, fc.constantFrom<Attention>(0, 1)),
      readings: fc.array(
        fc.record({
          pauseMs: fc.oneof(
            { weight: 12, arbitrary: fc.constant(1_000) },
            fc.constantFrom(1, 2_500, 30_000, 61_000, 130_000),
          ),
          jitter: fc.integer({ min: -6, max: 6 }),
          quality: fc.oneof({ weight: 9, arbitrary: fc.constant<Quality>(0) }, fc.constantFrom<Quality>(1, 2)),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    }),
    { maxLength: 14 },
  )
  .map((stretches) => {
    let at = 1_763_781_120_000
    return stretches.flatMap(({ zone, attention, readings }) =>
      readings.map(({ pauseMs, jitter, quality }) => ({
        at: (at += pauseMs),
        value: zone + jitter,
        quality,
        attention,
      })),
    )
  })

it('finds what the explanation finds', () => {
  let found = 0
  fc.assert(
    fc.property(definitions, histories, (rule, points) => {
      const step = compileThreshold(rule)
      const state = beginThreshold()
      const findings = points.flatMap((p) => step(state, p.at, p.value, p.quality, p.attention) ?? [])
      expect(findings).toEqual(explain(rule, points))
      found += findings.length
    }),
    { numRuns: 1500 },
  )
  expect(found).toBeGreaterThan(1500) // the histories do provoke episodes
})

it('finds the same after its memory was saved and restored anywhere', () => {
  fc.assert(
    fc.property(definitions, histories, fc.infiniteStream(fc.boolean()), (rule, points, saves) => {
      const step = compileThreshold(rule)
      const kept = beginThreshold()
      let restored = beginThreshold()
      for (const { at, value, quality, attention } of points) {
        const finding = step(kept, at, value, quality, attention)
        expect(step(restored, at, value, quality, attention)).toEqual(finding)
        const baseMs = at + 7
        if (saves.next().value)
          restored = unpackThreshold(JSON.parse(JSON.stringify(packThreshold(restored, baseMs))), baseMs)
      }
      expect(restored).toMatchObject({ level: kept.level, lastAt: kept.lastAt })
      if (kept.level !== 0) expect(restored).toEqual(kept)
    }),
  )
})
