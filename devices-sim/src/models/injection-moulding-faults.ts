import { hourMs, minuteMs } from './model.ts'

const weekMs = 7 * 24 * hourMs

/**
 * What can break on an IM280. `developsMs` is the running time from the first sign to the full extent, shortest and
 * longest; a mode without it is there at once. What each does to the signals is asked for by `injection-moulding.ts`.
 */
export const injectionMouldingFaults = {
  'IM-01': { name: '加热圈断 heater of zone 3 burns out' },
  'IM-02': { name: '热电偶漂移 thermocouple of zone 3 drifts', developsMs: [20 * minuteMs, 2 * hourMs] },
  'IM-03': { name: '止逆环磨损 check ring wears', developsMs: [3 * weekMs, 8 * weekMs] },
  'IM-04': { name: '油冷器结垢 oil cooler scales', developsMs: [4 * weekMs, 8 * weekMs] },
  'IM-05': { name: '油泵内泄 hydraulic pump leaks inside', developsMs: [4 * weekMs, 12 * weekMs] },
  'IM-06': { name: '锁模不均 clamp loads its tie bars unevenly', developsMs: [3 * weekMs, 8 * weekMs] },
} as const satisfies Readonly<
  Record<string, { name: string; developsMs?: readonly [shortest: number, longest: number] }>
>
