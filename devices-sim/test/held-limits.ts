import type { ModelLife } from './model-life.ts'

/** A first-step limit of the demonstration, with the seconds that it must be held before it counts. */
export interface HeldLimit {
  low?: number
  high?: number
  holdS: number
}

/** Which signals held a limit for their delay while the machine told that it was ready or running (run state 1 or 2). */
export function violations(life: ModelLife, seconds: number, limits: Readonly<Record<string, HeldLimit>>): string[] {
  const watched = Object.entries(limits).map(([key, limit]) => ({ key, heldS: 0, ...limit }))
  const broken = new Set<string>()
  for (let second = 0; second < seconds; second++) {
    life.live(1)
    const shown = life.values()
    const on = shown['run_state'] === 1 || shown['run_state'] === 2
    for (const watch of watched) {
      const { key, low = -Infinity, high = Infinity, holdS } = watch
      const value = shown[key]
      if (value === undefined) throw new Error(`no signal ${key}`)
      watch.heldS = on && (value >= high || value <= low) ? watch.heldS + 1 : 0
      if (watch.heldS >= holdS) broken.add(key)
    }
  }
  return [...broken]
}
