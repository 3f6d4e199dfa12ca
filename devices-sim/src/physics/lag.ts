/**
 * A first-order lag: where `value` is after `dtMs` on its way to `target` with time constant `tauMs`. Exact for any step,
 * so a fast-forward in long steps ends where real time would.
 */
export function lag(value: number, target: number, tauMs: number, dtMs: number): number {
  return target + (value - target) * Math.exp(-dtMs / tauMs)
}

/** 0 below `from`, 1 above `to`, smooth in between; `from` may be the larger one for a falling edge. */
export function smoothstep(from: number, to: number, value: number): number {
  const x = clamp((value - from) / (to - from), 0, 1)
  return x * x * (3 - 2 * x)
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
