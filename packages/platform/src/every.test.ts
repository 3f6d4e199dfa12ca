import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { every } from './every.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Runs a consumer whose n-th tick takes `workMs[n]`; gives back what it saw as `[tick, ms since start]`. */
async function run(periodMs: number, forMs: number, workMs: number[] = []) {
  const stop = new AbortController()
  const startMs = performance.now()
  const seen: [number, number][] = []
  const consuming = (async () => {
    for await (const tick of every(periodMs, stop.signal)) {
      const work = workMs[seen.length] ?? 0
      seen.push([tick, performance.now() - startMs])
      if (work > 0) await new Promise((resolve) => setTimeout(resolve, work))
    }
  })()
  await vi.advanceTimersByTimeAsync(forMs)
  stop.abort()
  await vi.advanceTimersByTimeAsync(10_000) // lets work under way end
  await consuming
  return seen
}

it('ticks at once and then on the grid', async () => {
  expect(await run(100, 350)).toEqual([
    [0, 0],
    [1, 100],
    [2, 200],
    [3, 300],
  ])
})

it('does not drift when the work takes a part of the period', async () => {
  expect(await run(100, 250, [30, 99])).toEqual([
    [0, 0],
    [1, 100],
    [2, 200],
  ])
})

it('after a stall gives one late tick, tells how many were left out, and returns to the grid', async () => {
  expect(await run(100, 850, [0, 450])).toEqual([
    [0, 0],
    [1, 100],
    [5, 551], // late already, so after the shortest timer: other work gets its turn
    [6, 600],
    [7, 700],
    [8, 800],
  ])
})

it('ends without a tick when already aborted', async () => {
  const seen: number[] = []
  for await (const tick of every(100, AbortSignal.abort())) seen.push(tick)
  expect(seen).toEqual([])
})

it('ends in the middle of a wait, without an error', async () => {
  expect(await run(60_000, 10)).toEqual([[0, 0]])
})

it.each([0, -1, Number.NaN])('refuses a period of %d', async (periodMs) => {
  await expect(every(periodMs, new AbortController().signal).next()).rejects.toThrow(RangeError)
})
