import { vi } from 'vitest'

/** Waits until `check` no longer throws: soon on an idle machine, with patience on a busy one. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 25_000, interval: 10 })
