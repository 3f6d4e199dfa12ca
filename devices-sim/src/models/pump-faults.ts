import { hourMs, minuteMs } from './model.ts'

const weekMs = 7 * 24 * hourMs
const monthMs = 30 * 24 * hourMs

/** Failure modes of the P100 and the running time that each takes, shortest and longest; a mode without one is there at once. */
export const pumpFaults = {
  'P-01': { name: '轴承磨损 pump bearing wears', developsMs: [6 * weekMs, 10 * weekMs] },
  'P-02': { name: '机封泄漏 mechanical seal leaks', developsMs: [weekMs, 6 * weekMs] },
  'P-03': { name: '汽蚀 suction strainer clogs', developsMs: [2 * minuteMs, 3 * minuteMs] },
  'P-04': { name: '不对中 shaft is misaligned' },
  'P-05': { name: '叶轮口环磨损 impeller and wear rings wear', developsMs: [4 * monthMs, 9 * monthMs] },
  'P-06': { name: '干转 runs dry' },
} as const
