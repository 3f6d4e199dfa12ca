import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoff, delay, retry } from './retry.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const neverAborted = new AbortController().signal
/** What `retry` calls. */
type Attempt = (attempt: number) => Promise<unknown>

const almostOne = () => 0.999

describe('backoff', () => {
  it('doubles its upper bound up to the maximum', () => {
    const wait = backoff({ initialMs: 100, maxMs: 500, random: almostOne })
    expect([wait.next(), wait.next(), wait.next(), wait.next(), wait.next()].map(Math.ceil)).toEqual([
      100, 200, 400, 500, 500,
    ])
  })

  it('spreads over the whole range below the bound', () => {
    expect(backoff({ initialMs: 100, maxMs: 500, random: () => 0 }).next()).toBe(0)
    expect(backoff({ initialMs: 100, maxMs: 500, random: () => 0.5 }).next()).toBe(50)
  })

  it('begins again after a success', () => {
    const wait = backoff({ initialMs: 100, maxMs: 500, random: almostOne })
    wait.next()
    wait.next()
    wait.reset()
    expect(Math.ceil(wait.next())).toBe(100)
  })

  it('never exceeds the maximum, even at first', () => {
    expect(backoff({ initialMs: 900, maxMs: 500, random: almostOne }).next()).toBeLessThan(500)
  })
})

describe('delay', () => {
  it('rejects with the reason of the abort and leaves no timer', async () => {
    const stop = new AbortController()
    const waiting = delay(1000, stop.signal)
    stop.abort(new Error('shutting down'))
    await expect(waiting).rejects.toThrow('shutting down')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rejects at once when the signal is aborted already', async () => {
    await expect(delay(1000, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late')
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([2 ** 31, Infinity, Number.NaN])('refuses %d ms, which a timer would turn into 1', async (ms) => {
    await expect(delay(ms)).rejects.toThrow(RangeError)
  })
})

describe('retry', () => {
  it('tries until it succeeds and tells of each failure', async () => {
    const failures: string[] = []
    const result = retry(
      (attempt) => (attempt < 3 ? Promise.reject(new Error(`no ${attempt}`)) : Promise.resolve('yes')),
      {
        signal: neverAborted,
        initialMs: 100,
        random: almostOne,
        onRetry: ({ error, attempt, delayMs }) =>
          failures.push(`${attempt}: ${(error as Error).message}, ${Math.ceil(delayMs)} ms`),
      },
    )
    await vi.runAllTimersAsync()
    expect(await result).toBe('yes')
    expect(failures).toEqual(['1: no 1, 100 ms', '2: no 2, 200 ms'])
  })

  it('gives up after the last attempt with its error', async () => {
    const fn = vi.fn<Attempt>((attempt) => Promise.reject(new Error(`no ${attempt}`)))
    const retrying = retry(fn, { signal: neverAborted, attempts: 3 })
    await Promise.all([expect(retrying).rejects.toThrow('no 3'), vi.runAllTimersAsync()])
    expect(fn).toHaveBeenCalledTimes(3)
  })

  it('does not repeat what cannot succeed', async () => {
    const fn = vi.fn<Attempt>(() => Promise.reject(new Error('bad request')))
    await expect(retry(fn, { signal: neverAborted, retryable: () => false })).rejects.toThrow('bad request')
    expect(fn).toHaveBeenCalledTimes(1)
  })

  it('ends at once when aborted during a delay', async () => {
    const stop = new AbortController()
    const fn = vi.fn<Attempt>(() => Promise.reject(new Error('down')))
    const retrying = retry(fn, { signal: stop.signal, initialMs: 60_000, onRetry: () => stop.abort(new Error('bye')) })
    await expect(retrying).rejects.toThrow('bye')
    expect(fn).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
