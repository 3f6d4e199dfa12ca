import type { CountUnit } from '@fettle/contracts/parts'
import type { Text } from '@fettle/contracts/scalars'

export interface DemoPart {
  readonly code: string
  readonly name: Text
  readonly modelFamily: string
  readonly unit: CountUnit
  /** Without tax. */
  readonly costCents: number
  /** With tax. */
  readonly priceCents: number
  readonly leadDays: number
  readonly serialised: boolean
  readonly returnOld: boolean
}

/** `S` has a serial number, `R` the old part must come back; cost and price in yuan as in the price list. */
type Row = readonly [
  code: string,
  zh: string,
  en: string,
  unit: CountUnit,
  cost: number,
  price: number,
  leadDays: number,
  traits?: 'R' | 'S' | 'SR',
]

const priceList: Readonly<Record<string, readonly Row[]>> = {
  AC: [
    ['A1', '空滤', 'Air filter', 'piece', 160, 320, 2],
    ['A2', '油滤', 'Oil filter', 'piece', 110, 240, 2],
    ['A3', '油分芯', 'Oil separator element', 'piece', 900, 1_850, 3],
    ['A4', '螺杆油 20 L', 'Compressor oil, 20 L', 'drum', 620, 1_280, 2],
    ['A5', '风机电机 2.2 kW', 'Fan motor, 2.2 kW', 'machine', 1_150, 2_300, 5, 'SR'],
    ['A6', '进气阀维修包', 'Inlet valve kit', 'set', 420, 980, 4],
    ['A7', '主机大修包', 'Airend overhaul kit', 'set', 9_800, 18_600, 15, 'SR'],
  ],
  IM: [
    ['I1', '加热圈', 'Heater band', 'piece', 180, 420, 3],
    ['I2', '热电偶', 'Thermocouple', 'rod', 60, 150, 2],
    ['I3', '止逆环组', 'Check ring set', 'set', 1_900, 4_200, 7, 'R'],
    ['I4', '液压油滤', 'Hydraulic oil filter', 'piece', 220, 520, 2],
    ['I5', '齿轮泵', 'Gear pump', 'machine', 7_500, 13_500, 12, 'SR'],
    ['I6', '肘节衬套组', 'Toggle bushing set', 'set', 2_600, 5_200, 10],
  ],
  VMC: [
    ['V1', '主轴轴承组', 'Spindle bearing set', 'set', 6_800, 12_800, 10, 'R'],
    ['V2', '碟簧拉爪组', 'Disc springs and gripper', 'set', 1_400, 3_200, 7],
    ['V3', '打刀缸', 'Unclamp cylinder', 'machine', 2_300, 4_600, 7, 'SR'],
    ['V4', '丝杠支撑轴承', 'Ball screw support bearing', 'set', 1_050, 2_200, 5],
    ['V5', '润滑泵', 'Lubrication pump', 'machine', 680, 1_450, 3],
    ['V6', '计量件', 'Metering valve', 'piece', 45, 120, 2],
    ['V7', '气源三联件', 'Air filter-regulator-lubricator', 'set', 320, 720, 2],
    ['V8', '主轴单元', 'Spindle unit', 'machine', 19_500, 32_000, 20, 'SR'],
  ],
  CH: [
    ['C1', '制冷剂 R134a 13.6 kg', 'Refrigerant R134a, 13.6 kg', 'bottle', 820, 1_350, 2],
    ['C2', '干燥过滤芯', 'Filter drier core', 'piece', 190, 420, 3],
    ['C3', '冷冻油 18.9 L', 'Refrigeration oil, 18.9 L', 'drum', 1_900, 3_600, 5],
    ['C4', '冷机油滤', 'Chiller oil filter', 'piece', 480, 980, 4],
    ['C5', '压力传感器', 'Pressure sensor', 'rod', 420, 950, 3, 'S'],
    ['C6', '清洗剂 25 kg', 'Descaling agent, 25 kg', 'drum', 380, 800, 3],
    ['C7', '冷却塔风机皮带', 'Cooling tower fan belt', 'strip', 90, 220, 2],
  ],
  P: [
    ['U1', '机械密封', 'Mechanical seal', 'set', 380, 860, 3],
    ['U2', '轴承副', 'Bearing pair', 'pair', 180, 440, 2],
    ['U3', '联轴器弹性块', 'Coupling insert', 'piece', 45, 120, 2],
    ['U4', '叶轮口环组', 'Impeller and wear ring set', 'set', 810, 1_830, 8],
    ['U5', '滤网', 'Strainer screen', 'piece', 120, 280, 2],
    ['U6', '振温传感器', 'Vibration and temperature sensor', 'rod', 780, 1_580, 4, 'S'],
  ],
}

export const parts: readonly DemoPart[] = Object.entries(priceList).flatMap(([modelFamily, rows]) =>
  rows.map(([code, zh, en, unit, cost, price, leadDays, traits = '']) => ({
    code,
    name: { zh, en },
    modelFamily,
    unit,
    costCents: cost * 100,
    priceCents: price * 100,
    leadDays,
    serialised: traits.includes('S'),
    returnOld: traits.includes('R'),
  })),
)
