import { hourMs, minuteMs } from './model.ts'

const dayMs = 24 * hourMs
const weekMs = 7 * dayMs

/**
 * What can break on a VMC850. `developsMs` is the running time from the first sign to the full extent, shortest and
 * longest. What each does to the signals is asked for by `machining-centre.ts`.
 */
export const machiningCentreFaults = {
  'VMC-01': { name: '主轴轴承 spindle bearings wear', developsMs: [4 * weekMs, 10 * weekMs] },
  'VMC-02': { name: '拉刀不足 drawbar loses its force', developsMs: [3 * weekMs, 8 * weekMs] },
  'VMC-03': { name: '气压低 compressed air is lost', developsMs: [20_000, 4 * minuteMs] },
  'VMC-04': { name: '丝杠支撑 ball screw support wears', developsMs: [6 * weekMs, 12 * weekMs] },
  'VMC-05': { name: '润滑失效 lubrication fails', developsMs: [2 * dayMs, 5 * dayMs] },
} as const satisfies Readonly<
  Record<string, { name: string; developsMs: readonly [shortest: number, longest: number] }>
>
