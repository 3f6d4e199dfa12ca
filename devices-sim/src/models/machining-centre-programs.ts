/** One tool's work on a part. A tool change goes before it. */
export interface Operation {
  tool: string
  rpm: number
  seconds: number
  /** Load of the spindle while it cuts, % of rated, beyond turning alone; 0 turns without a part. */
  cutPct: number
  /** What cutting adds to the load of the Z axis, %. */
  zPct: number
}

export interface Program {
  name: string
  operations: readonly Operation[]
}

/**
 * What the machines make. Every program has a finishing cut of minutes at 6,000 r/min, where the spindle's vibration is
 * judged; roughing loads it most, at low speed.
 */
export const programs = {
  bearingHousing: {
    name: '轴承座 bearing housing, cast iron',
    operations: [
      { tool: 'face mill 63', rpm: 1_400, seconds: 70, cutPct: 50, zPct: 8 },
      { tool: 'roughing end mill 20', rpm: 2_400, seconds: 110, cutPct: 54, zPct: 10 },
      { tool: 'drill 8.5', rpm: 3_200, seconds: 45, cutPct: 24, zPct: 12 },
      { tool: 'tap M10', rpm: 600, seconds: 30, cutPct: 18, zPct: 6 },
      { tool: 'finishing end mill 10', rpm: 6_000, seconds: 170, cutPct: 20, zPct: 5 },
    ],
  },
  cagePlate: {
    name: '保持架模板 cage plate, steel',
    operations: [
      { tool: 'roughing end mill 16', rpm: 2_800, seconds: 140, cutPct: 52, zPct: 9 },
      { tool: 'drill 6', rpm: 4_200, seconds: 55, cutPct: 22, zPct: 13 },
      { tool: 'chamfer mill', rpm: 7_500, seconds: 35, cutPct: 14, zPct: 4 },
      { tool: 'finishing end mill 8', rpm: 6_000, seconds: 210, cutPct: 22, zPct: 5 },
    ],
  },
  mouldInsert: {
    name: '模具镶件 mould insert, prehardened steel',
    operations: [
      { tool: 'roughing cutter 32', rpm: 1_800, seconds: 240, cutPct: 55, zPct: 11 },
      { tool: 'semi-finishing ball 12', rpm: 4_800, seconds: 200, cutPct: 30, zPct: 7 },
      { tool: 'finishing ball 8', rpm: 6_000, seconds: 420, cutPct: 21, zPct: 6 },
    ],
  },
} as const satisfies Readonly<Record<string, Program>>

export type ProgramName = keyof typeof programs

/** Run before the first part when the spindle is cold: grease and bearings come up to temperature by steps. */
export const warmUp = {
  name: '主轴暖机 spindle warm-up',
  operations: [warmUpStep(1_500), warmUpStep(3_000), warmUpStep(4_500), warmUpStep(6_000)],
} as const satisfies Program

function warmUpStep(rpm: number): Operation {
  return { tool: 'none', rpm, seconds: 180, cutPct: 0, zPct: 0 }
}
