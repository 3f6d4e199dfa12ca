import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstWithin, liesWithin, readStopWindow } from './stop-window.ts'

const HOUR = 3_600_000
/** Of the site's clock. 22 November 2026 is a Sunday. */
const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`)
const sunday = { weekday: 0, opensAt: 480, lengthMs: 4 * HOUR }
const nightly = { weekday: null, opensAt: 23 * 60, lengthMs: 6 * HOUR }

it.each([
  ['周日 08:00–12:00', sunday],
  ['星期天 8：00～12：00', sunday],
  ['23:00–05:00 用水低谷，一次只停一台', nightly],
  ['周六 18:00 后换模时', { weekday: 6, opensAt: 1080, lengthMs: 6 * HOUR }],
  ['中午 11:30–13:00', { weekday: null, opensAt: 690, lengthMs: 1.5 * HOUR }],
])('reads %s', (words, window) => expect(readStopWindow(words)).toEqual(window))

it.each([
  '两批之间，须提前 48 小时申请',
  '周日白班',
  '换班前后一小时',
  '周一至周五 18:00–22:00',
  '11:30–13:00、18:00–19:00',
  '周末 08:00–12:00',
  '08:00 前',
  '29:00–31:00',
  '08:00–08:00',
])('makes nothing of %s, rather than the wrong thing', (words) => expect(readStopWindow(words)).toBeNull())

describe('a visit within the window', () => {
  it.each([
    ['22T08:00', '22T11:00', true],
    ['22T08:00', '22T12:00', true],
    ['22T11:00', '22T12:30', false],
    ['22T18:00', '22T21:00', false],
    ['23T08:00', '23T11:00', false],
  ])('Sunday morning: %s to %s is %s', (start, end, within) => {
    expect(liesWithin(sunday, { start: at(start), end: at(end) })).toBe(within)
  })

  it('goes on past midnight with its window', () => {
    expect(liesWithin(nightly, { start: at('24T01:00'), end: at('24T04:00') })).toBe(true)
    expect(liesWithin(nightly, { start: at('24T03:00'), end: at('24T06:00') })).toBe(false)
  })
})

describe('the first visit within the window', () => {
  it.each([
    ['the window opens later today', sunday, '22T06:00', '22T08:00', '22T11:00'],
    ['it is open, with time enough', sunday, '22T10:00', '22T10:00', '22T12:00'],
    ['hardly anything of it is left', sunday, '22T11:30', '29T08:00', '29T11:00'],
    ['it was in the morning', sunday, '22T18:00', '29T08:00', '29T11:00'],
    ['it opened yesterday', nightly, '24T01:00', '24T01:00', '24T04:00'],
  ])('%s', (_, window, earliest, start, end) => {
    expect(firstWithin(window, at(earliest), 3 * HOUR)).toEqual({ start: at(start), end: at(end) })
  })

  it('always lies within it and never begins too early', () => {
    const windows = fc.record({
      weekday: fc.option(fc.integer({ min: 0, max: 6 })),
      opensAt: fc.integer({ min: 0, max: 1439 }),
      lengthMs: fc.integer({ min: 1, max: 1439 }).map((minutes) => minutes * 60_000),
    })
    const moments = fc.integer({ min: at('01T00:00'), max: at('30T00:00') })
    fc.assert(
      fc.property(windows, moments, (window, earliest) => {
        const visit = firstWithin(window, earliest, 3 * HOUR)
        expect(visit && liesWithin(window, visit) && visit.start >= earliest && visit.end > visit.start).toBe(true)
      }),
    )
  })
})
