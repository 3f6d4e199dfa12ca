import type { ThresholdDefinition } from '@fettle/contracts/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginWatch, observeBehind, observeInOrder, type WatchFinding } from './rule-watch.ts'
import { ATTENTION, compileThreshold } from './threshold.ts'

const rule: ThresholdDefinition = {
  kind: 'threshold',
  signalKey: 'temperature',
  limits: { hh: 90, h: 80, l: null, ll: null },
  band: 5,
  onDelayMs: 10_000,
  offDelayMs: 10_000,
  latenessMs: 30_000,
  whileRunning: false,
  startupMs: 0,
}

type Point = [seconds: number, value: number]

/** As the engine does it: newer than all before is in order, older is behind, the same time again is nothing. */
function run(points: Point[], change: Partial<ThresholdDefinition> = {}): string[] {
  const definition = { ...rule, ...change }
  const step = compileThreshold(definition)
  const watch = beginWatch()
  const found: string[] = []
  const report = ({ lane, late, finding }: WatchFinding) =>
    found.push(`${finding.at / 1000}s ${lane} ${finding.kind}${finding.kind === 'raised' && late ? ' late' : ''}`)
  let newestAt = NaN
  for (const [seconds, value] of points) {
    const at = seconds * 1000
    if (at <= newestAt) observeBehind(step, definition, watch, newestAt, at, value, 0, ATTENTION.full, report)
    else {
      newestAt = at
      observeInOrder(step, watch, at, value, 0, ATTENTION.full, report)
    }
  }
  return found
}

/** One reading per `everyS` from `from` to `to`, both included. */
const stretch = (from: number, to: number, value: number, everyS = 5): Point[] =>
  Array.from({ length: Math.floor((to - from) / everyS) + 1 }, (_, index) => [from + index * everyS, value])

describe('readings in order', () => {
  it('a spool that arrives in order is not late, however old', () => {
    expect(run([...stretch(0, 100, 50), ...stretch(2_920, 3_000, 85)])).toEqual(['2930s live raised'])
  })

  it('a crossing in the middle of a spool is found at its own time', () => {
    expect(run([...stretch(0, 100, 85), ...stretch(105, 200, 50), ...stretch(205, 300, 50)])).toEqual([
      '10s live raised',
      '115s live cleared',
    ])
  })
})

describe('readings behind their signal’s newest', () => {
  const present = stretch(1_000, 1_010, 50)

  it.each<[string, Point[], string[]]>([
    ['a trip in late readings raises late', [...present, ...stretch(0, 30, 85)], ['10s behind raised late']],
    [
      'and clears in them',
      [...present, ...stretch(0, 30, 85), ...stretch(35, 60, 50)],
      ['10s behind raised late', '45s behind cleared'],
    ],
    ['a little behind is not late', [...present, ...stretch(985, 1_005, 85)], ['995s behind raised']],
    ['late readings without a crossing find nothing', [...present, ...stretch(0, 900, 79)], []],
    [
      'an older run starts its own hold',
      [...present, [500, 85], [400, 85], [409, 85], [410, 85]],
      ['410s behind raised late'],
    ],
    [
      'one late episode is enough for what lies before it',
      [...present, ...stretch(500, 520, 85), ...stretch(300, 400, 85)],
      ['510s behind raised late'],
    ],
    [
      'it ends by readings in order when no more come from behind',
      [...present, ...stretch(500, 520, 85), ...stretch(1_015, 1_100, 50)],
      ['510s behind raised late', '1085s behind cleared'],
    ],
    [
      'a crossing in order still raises, and ends it',
      [...present, ...stretch(500, 520, 85), ...stretch(1_015, 1_025, 85)],
      ['510s behind raised late', '1025s behind cleared', '1025s live raised'],
    ],
    [
      'while an episode is open nothing behind raises another',
      [...stretch(1_000, 1_010, 85), ...stretch(0, 990, 95), [1_015, 85]],
      ['1010s live raised'],
    ],
  ])('%s', (_, points, expected) => expect(run(points)).toEqual(expected))

  it('the lateness is the rule’s own', () => {
    expect(run([...present, ...stretch(900, 920, 85)], { latenessMs: 120_000 })).toEqual(['910s behind raised'])
  })
})

it('a repeated upload neither raises again while open nor changes what readings in order say', () => {
  const values = fc.array(fc.constantFrom(50, 74, 78, 85, 85, 85, 95), { minLength: 5, maxLength: 60 })
  fc.assert(
    fc.property(values, fc.nat(59), fc.nat(30), (drawn, cut, length) => {
      const points = drawn.map((value, index): Point => [index * 5, value])
      const at = Math.min(cut, points.length)
      const again = points.slice(Math.max(0, at - length), at)
      const live = (found: string[]) => found.filter((finding) => finding.includes('live'))
      const repeated = run([...points.slice(0, at), ...again, ...points.slice(at)])
      expect(live(repeated)).toEqual(live(run(points)))
    }),
  )
})
