import { fakeClock } from '@fettle/platform/clock'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Reading } from '../../driver.ts'
import type { Sample } from './decode.ts'
import { createServerClock } from './server-clock.ts'
import { createTag } from './tag.ts'

const start = Date.UTC(2026, 4, 1, 8)
const day = 86_400_000

const sample = (value: number, tsMs: number, status = 0): Sample => ({
  value: { dataType: 11, arrayType: 0, value },
  statusCode: { value: status },
  sourceTimestamp: new Date(tsMs),
})
const structure: Sample = { ...sample(0, start), value: { dataType: 22, arrayType: 0, value: {} } }

function tagUnderTest(nowMs = start) {
  const server = createServerClock(fakeClock(nowMs))
  return createTag('D', { signal: 's', nodeId: 'i=1', scale: 1, offset: 0 }, server)
}

it('says once that it is lost, and says that it is back although nothing has changed', () => {
  const tag = tagUnderTest()
  expect(tag.take(sample(5, start - day), 'told').reading).toEqual(['D', 's', start - day, 5, 0])
  const lost = tag.lose()
  expect(lost).toEqual(['D', 's', start, null, 2])
  expect(tag.lose()).toBeUndefined()
  expect(tag.lost).toBe(true)

  const back = tag.take(sample(5, start - day), 'asked').reading
  expect(back).toEqual(['D', 's', expect.any(Number), 5, 0])
  expect(back?.[2]).toBeGreaterThan(lost?.[2] ?? Infinity)
  expect(tag.lost).toBe(false)
  expect(tag.take(sample(5, start - day), 'told')).toEqual({}) // the same once more
})

it('what was queued keeps its own time; only a newer reading says that the signal is back', () => {
  const tag = tagUnderTest(start + 60_000)
  tag.take(sample(1, start), 'told')
  tag.lose()
  expect(tag.take(sample(2, start + 1_000), 'told').reading).toEqual(['D', 's', start + 1_000, 2, 0])
  expect(tag.lost).toBe(true)
  expect(tag.take(sample(3, start + 120_000), 'told').reading).toEqual(['D', 's', start + 120_000, 3, 0])
  expect(tag.lost).toBe(false)
})

it('is lost by the clock of its source, which lags or replays the past', () => {
  const tag = tagUnderTest(start + 10 * 365 * day)
  tag.take(sample(1, start), 'told')
  tag.take(sample(2, start + 1_000), 'told')
  const atMs = tag.lose()?.[2] ?? 0
  expect(atMs).toBeGreaterThan(start + 1_000)
  expect(atMs).toBeLessThan(start + day)
})

it('a clock far ahead of ours does not hide that the signal is lost', () => {
  const tag = tagUnderTest(start)
  tag.take(sample(1, start + day), 'told')
  expect(tag.lose()?.[2]).toBe(start + day + 1)
})

it('a clock that was ahead for a while neither hides that the signal is lost nor that it is back', () => {
  const tag = tagUnderTest()
  tag.take(sample(1, start), 'told')
  tag.take(sample(2, start + 400 * day), 'told')
  tag.take(sample(3, start + 2_000), 'told')
  const lostMs = tag.lose()?.[2] ?? 0
  expect(lostMs).toBeGreaterThan(start + 2_000)
  expect(lostMs).toBeLessThan(start + day)
  expect(tag.take(sample(4, lostMs + 1_000), 'told').reading).toEqual(['D', 's', lostMs + 1_000, 4, 0])
  expect(tag.lost).toBe(false)
})

it('the first value of a new subscription is told again only when the signal was lost', () => {
  const tag = tagUnderTest()
  tag.take(sample(5, start - day), 'told')
  tag.begin()
  expect(tag.take(sample(5, start - day), 'told')).toEqual({})
  tag.lose()
  tag.begin()
  expect(tag.take(sample(6, start - 2_000), 'told').reading?.slice(3)).toEqual([6, 0])
  expect(tag.lost).toBe(false)
})

it('what was missed keeps its own time, even when it was taken before it could be stored', () => {
  const tag = tagUnderTest(start + 60_000)
  tag.take(sample(1, start), 'told')
  tag.take(sample(2, start + 1_000), 'told')
  tag.lose()
  expect(tag.take(sample(2, start + 1_000), 'missed').reading).toEqual(['D', 's', start + 1_000, 2, 0])
  expect(tag.lost).toBe(true)
  expect(tag.take(sample(2, start + 1_000), 'asked').reading?.slice(3)).toEqual([2, 0])
  expect(tag.lost).toBe(false)
})

it('a node of the wrong kind is bad once, and its fault is told each time', () => {
  const tag = tagUnderTest()
  expect(tag.take(structure, 'told')).toMatchObject({ reading: ['D', 's', start, null, 2], fault: expect.any(String) })
  expect(tag.take({ ...structure, sourceTimestamp: new Date(start + 1) }, 'told')).toEqual({
    fault: expect.any(String),
  })
  expect(tag.take(sample(1, start + 2), 'told')).toEqual({ reading: ['D', 's', start + 2, 1, 0] })
})

it('a sample without any time has that of the server', () => {
  const tag = tagUnderTest()
  const timeless = { ...sample(1, start), sourceTimestamp: null }
  expect(tag.take(timeless, 'told').reading?.[2]).toBe(start)
})

it('whatever happens, the newest reading tells the state: bad while lost, else what was seen last', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('take' as const), value: fc.nat(3), ahead: fc.nat(3) }),
    fc.record({ kind: fc.constant('repeat' as const) }),
    fc.record({ kind: fc.constant('begin' as const) }),
    fc.record({ kind: fc.constant('lose' as const) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const tag = tagUnderTest()
      let seen = { value: 1, tsMs: start }
      let newest: Reading | undefined
      const tell = (reading: Reading | undefined) => {
        if (reading && (!newest || reading[2] > newest[2])) newest = reading
      }
      for (const each of steps) {
        if (each.kind === 'take') {
          seen = { value: each.value, tsMs: Math.max(seen.tsMs, newest?.[2] ?? 0) + each.ahead + 1 }
          tell(tag.take(sample(seen.value, seen.tsMs), 'told').reading)
          expect(newest?.slice(3)).toEqual([seen.value, 0])
        } else if (each.kind === 'repeat') {
          tell(tag.take(sample(seen.value, seen.tsMs), 'asked').reading)
          expect(newest?.slice(3)).toEqual([seen.value, 0])
        } else if (each.kind === 'begin') {
          tag.begin()
        } else {
          tell(tag.lose())
          expect(newest?.slice(3)).toEqual([null, 2])
        }
      }
    }),
  )
})
