import { hourMs } from './model.ts'

const weekMs = 7 * 24 * hourMs
const monthMs = 30 * 24 * hourMs

/**
 * Failure modes of the AC75 and the running time that each takes, shortest and longest; a mode without one is there at once.
 * AC-02 ends with a clogged element; one that ruptures is not simulated. How AC-05 sticks is a matter of the build's valve.
 */
export const screwCompressorFaults = {
  'AC-01': { name: '风机故障 cooling fan stands still' },
  'AC-02': { name: '油分堵塞 oil separator clogs', developsMs: [3 * monthMs, 6 * monthMs] },
  'AC-03': { name: '冷却器积尘 cooler gathers dust', developsMs: [4 * weekMs, 10 * weekMs] },
  'AC-04': { name: '主机轴承 airend bearings wear', developsMs: [3 * weekMs, 8 * weekMs] },
  'AC-05': { name: '进气阀卡滞 inlet valve sticks' },
  'AC-06': { name: '空滤堵塞 air filter clogs', developsMs: [4 * weekMs, 8 * weekMs] },
} as const
