import { hourMs, minuteMs } from './model.ts'

const weekMs = 7 * 24 * hourMs
const monthMs = 30 * 24 * hourMs

/**
 * Failure modes of the CH1000 and the running time that each takes, shortest and longest; a mode without one is there at once.
 * CH-04 is the clogging filter, over weeks; injected far on its way it is the lost charge of oil, whose pressure leaves
 * within minutes. CH-06 sticks the build's `weakSensor`.
 */
export const chillerFaults = {
  'CH-01': { name: '冷凝结垢 condenser tubes scale', developsMs: [3 * monthMs, 6 * monthMs] },
  'CH-02': { name: '冷媒泄漏 refrigerant leaks', developsMs: [2 * weekMs, 8 * weekMs] },
  'CH-03': { name: '冷冻水不足 chilled water runs short', developsMs: [30 * minuteMs, 4 * hourMs] },
  'CH-04': { name: '油压差低 oil differential falls', developsMs: [2 * weekMs, 6 * weekMs] },
  'CH-05': { name: '冷却塔停风 cooling tower fan stands still' },
  'CH-06': { name: '传感器卡死 a pressure sensor sticks' },
} as const
