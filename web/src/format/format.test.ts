import { describe, expect, it } from 'vitest'
import { decimal, measured, money, percent, withUnit } from './number.ts'
import { calendarDay, duration, exactTime, relativeTime, shortTime } from './time.ts'

const now = Date.UTC(2026, 10, 22, 10, 0, 0)
const minutes = (count: number) => count * 60_000

describe('relative time', () => {
  it.each([
    ['a moment ago', now - 20_000, '刚刚', 'just now'],
    ['ahead of a clock that goes in steps', now + 10_000, '刚刚', 'just now'],
    ['minutes ago', now - minutes(47), '47分钟前', '47 minutes ago'],
    ['not quite an hour', now - minutes(59.9), '59分钟前', '59 minutes ago'],
    ['hours ahead', now + minutes(125), '2小时后', 'in 2 hours'],
    ['half a minute and more is a minute', now - 50_000, '1分钟前', '1 minute ago'],
    ['days', now - minutes(60 * 24 * 9), '9天前', '9 days ago'],
    ['yesterday', now - minutes(60 * 25), '昨天', 'yesterday'],
  ])('%s', (_, when, zh, en) => {
    expect(relativeTime(when, now, 'zh')).toBe(zh)
    expect(relativeTime(new Date(when).toISOString(), now, 'en')).toBe(en)
  })
})

describe('duration', () => {
  it.each([
    [minutes(125), '2小时 5分钟', '2 hrs 5 mins'],
    [minutes(60), '1小时', '1 hr'],
    [-minutes(38), '38分钟', '38 mins'],
    [minutes(60 * 24) + 5_000, '1天', '1 day'],
    [0, '0秒', '0 secs'],
  ])('%i ms', (length, zh, en) => {
    expect(duration(length, 'zh')).toBe(zh)
    expect(duration(length, 'en')).toBe(en)
  })
})

describe('numbers', () => {
  it('writes a measured value with its decimals, a true minus and never minus zero', () => {
    expect(measured(0.7251, 2)).toBe('0.73')
    expect(measured(-12, 0)).toBe('−12')
    expect(measured(-0.004, 2)).toBe('0.00')
    expect(measured(null, 2)).toBe('–')
    expect(measured(Number.NaN, 2)).toBe('–')
  })
  it('keeps units with their number', () => {
    expect(withUnit('95.0', '°C')).toBe('95.0 °C')
    expect(withUnit('44', '%')).toBe('44%')
    expect(withUnit('3.0', '')).toBe('3.0')
  })
  it('writes money from minor units, to the cent', () => {
    expect(money(131_087, 'zh')).toBe('¥1,310.87')
    expect(money(-195_900, 'en')).toBe('−¥1,959.00')
    expect(money(0, 'en')).toBe('¥0.00')
  })
  it('writes ratios as percent', () => {
    expect(percent(0.4937, 'zh')).toBe('49.4%')
    expect(percent(0.78, 'en', 0)).toBe('78%')
  })
  it('shortens a decimal without touching it', () => {
    expect(decimal('2.5000')).toBe('2.5')
    expect(decimal('100')).toBe('100')
    expect(decimal('10.0000')).toBe('10')
    expect(decimal('-0.5')).toBe('−0.5')
  })
})

it('writes a calendar day without shifting it by a zone', () => {
  expect(calendarDay('2027-03-14', 'zh')).toBe('2027年3月14日')
  expect(calendarDay('2027-03-14', 'en')).toBe('14 Mar 2027')
})

it('writes the exact time to the second with the zone behind it', () => {
  expect(exactTime(now, 'zh')).toMatch(/^2026年11月2\d日 \d\d:\d\d:00 \S+$/)
  expect(exactTime(now, 'en')).toMatch(/^2\d Nov 2026, \d\d:\d\d:00 \S+$/)
})

it('writes the year of a short time only when it is another one', () => {
  expect(shortTime(now, 'zh', now)).toMatch(/^11月2\d日 \d\d:\d\d$/)
  expect(shortTime(Date.UTC(2024, 3, 18, 12), 'zh', now)).toBe('2024年4月18日')
  expect(shortTime(Date.UTC(2024, 3, 18, 12), 'en', now)).toBe('18 Apr 2024')
})
