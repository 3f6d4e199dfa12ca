import { describe, expect, it } from 'vitest'
import { bucketsFor, clampWindow, liveStepMs, reanchorMs, scaleWindow, shiftWindow } from './time-window.ts'

const now = 1_800_000_000_000
const HOUR = 3_600_000

describe('zooming', () => {
  it('shows half around the same middle, and back again', () => {
    const window = { from: now - 8 * HOUR, to: now - 4 * HOUR }
    const inner = scaleWindow(window, 0.5, now)
    expect(inner).toEqual({ from: now - 7 * HOUR, to: now - 5 * HOUR })
    expect(scaleWindow(inner, 2, now)).toEqual(window)
  })
  it('keeps its length when it would pass the present', () => {
    expect(scaleWindow({ from: now - HOUR, to: now }, 4, now)).toEqual({ from: now - 4 * HOUR, to: now })
  })
  it('never shows less than ten seconds', () => {
    const { from, to } = clampWindow({ from: now - 50_000, to: now - 49_999 }, now)
    expect(to - from).toBe(10_000)
  })
  it('never shows more than five years', () => {
    const { from, to } = scaleWindow({ from: now - 4 * 365 * 24 * HOUR, to: now }, 2, now)
    expect(to - from).toBe(5 * 365 * 24 * HOUR)
    expect(to).toBe(now)
  })
})

describe('moving', () => {
  it('moves by half a window', () => {
    expect(shiftWindow({ from: now - 4 * HOUR, to: now - 2 * HOUR }, -1, now)).toEqual({
      from: now - 5 * HOUR,
      to: now - 3 * HOUR,
    })
  })
  it('stops at the present', () => {
    expect(shiftWindow({ from: now - 2 * HOUR, to: now }, 1, now)).toEqual({ from: now - 2 * HOUR, to: now })
  })
})

it('asks for about one bucket per two pixels, at most a thousand', () => {
  expect(bucketsFor(320)).toBe(200)
  expect(bucketsFor(1_000)).toBe(500)
  expect(bucketsFor(1_001)).toBe(600)
  expect(bucketsFor(4_000)).toBe(1_000)
})

it('asks and moves in steps that fit what is shown', () => {
  expect(reanchorMs(HOUR)).toBe(180_000)
  expect(reanchorMs(60_000)).toBe(60_000)
  expect(reanchorMs(365 * 24 * HOUR)).toBe(600_000)
  expect(liveStepMs(HOUR)).toBe(2_000)
  expect(liveStepMs(24 * HOUR)).toBe(43_000)
})
