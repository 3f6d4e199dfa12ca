import { delay } from '@fettle/platform/retry'

type NotYet = false | null | undefined

export interface EventuallyOptions {
  /** What is awaited, for the error: "the ticket to be open". */
  what: string
  /** Default 10 s. */
  timeoutMs?: number
  /** Pause between two looks; default 20 ms. */
  everyMs?: number
}

/**
 * Looks again and again until `look` returns something other than `false`, `null` or `undefined`, and returns that. A look that
 * throws counts as "not yet", so assertions may stand inside; end such a function with `return true`. The error at the end
 * tells what was awaited and what the last look found.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  options: EventuallyOptions,
): Promise<Exclude<T, NotYet>> {
  const { what, timeoutMs = 10_000, everyMs = 20 } = options
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await attempt(look)
    if (found.ok) return found.value
    if (performance.now() >= deadline) {
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}; last look: ${found.reason}`, { cause: found.cause })
    }
    await delay(everyMs)
  }
}

type Look<T> = { ok: true; value: Exclude<T, NotYet> } | { ok: false; reason: string; cause?: unknown }

async function attempt<T>(look: () => T | Promise<T>): Promise<Look<T>> {
  try {
    const value = await look()
    if (value === false || value === null || value === undefined)
      return { ok: false, reason: `it returned ${String(value)}` }
    return { ok: true, value: value as Exclude<T, NotYet> }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error), cause: error }
  }
}
