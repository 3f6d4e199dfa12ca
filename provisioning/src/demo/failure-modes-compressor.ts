import type { DemoFailureMode } from './failure-mode.ts'

const modelKey = 'AC75'
const one = (partCode: string) => ({ partCode, quantity: '1', optional: false })
/** Three pails fill the machine; only where the old oil is spoilt. */
const newOil = { partCode: 'A4', quantity: '3', optional: true }

/** Speeds are per hour: 13 K in 4 to 10 weeks are 0.008 to 0.02 K/h. */
export const compressorFailureModes: readonly DemoFailureMode[] = [
  {
    key: 'AC-01',
    modelKey,
    name: { zh: '风机故障', en: 'Cooling fan failure' },
    onSignals: {
      zh: '排气温度每分钟升 5–8 °C，2–4 分钟内跳机；环境温度不变',
      en: 'Discharge temperature rises 5–8 °C a minute and trips in 2–4 minutes; ambient stays flat',
    },
    causes: { zh: '风机电机烧毁、接触器或热继电器故障', en: 'Fan motor burnt out, contactor or thermal relay' },
    fix: {
      zh: '停机挂牌，测三相电压与绕组阻值，更换风机电机',
      en: 'Lock out, test phases and windings, replace the fan motor',
    },
    signature: [{ signalKey: 'discharge_temperature', direction: 'up', perHour: [200, 480] }],
    prior: 0.2,
    parts: [one('A5')],
    standardHours: '2.5',
    persons: 1,
    certificates: ['electrician'],
    skillLevel: 3,
  },
  {
    key: 'AC-02',
    modelKey,
    name: { zh: '油分堵塞', en: 'Oil separator clogged' },
    onSignals: {
      zh: '油分压差 3–6 个月内由 0.03 升到 0.08 MPa，电流升约 4 %；突然接近 0 为滤芯破裂',
      en: 'Differential pressure .03 to .08 MPa in 3–6 months, current up 4 %; a sudden drop to 0 is a rupture',
    },
    causes: { zh: '超期未换、油品氧化积碳', en: 'Overdue, oxidised oil' },
    fix: { zh: '更换油分芯与油滤，油品氧化时一并换油', en: 'Replace element and oil filter; change oxidised oil' },
    signature: [
      { signalKey: 'separator_dp', direction: 'up', perHour: [0.00001, 0.00003] },
      { signalKey: 'current', direction: 'up', perHour: [0.001, 0.003] },
    ],
    prior: 0.2,
    parts: [one('A3'), one('A2'), newOil],
    standardHours: '2.5',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'AC-03',
    modelKey,
    name: { zh: '冷却器积尘', en: 'Cooler fouled with dust' },
    onSignals: {
      zh: '排气与环境温差 4–10 周内由 52 K 升到 65 K，中午最重',
      en: 'Discharge minus ambient 52 to 65 K in 4–10 weeks, worst at noon',
    },
    causes: { zh: '粉尘、油雾附着翅片', en: 'Dust and oil mist on the fins' },
    fix: { zh: '拆罩吹扫，碱性清洗剂冲洗冷却器', en: 'Remove the shroud, blow out and wash the cooler' },
    // Weeks of fouling, and the warm half of each day on top of it.
    signature: [{ signalKey: 'discharge_temperature', direction: 'up', perHour: [0.008, 3] }],
    prior: 0.2,
    parts: [],
    standardHours: '3',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'AC-04',
    modelKey,
    name: { zh: '主机轴承磨损', en: 'Airend bearing wear' },
    onSignals: {
      zh: '主机振动 3–8 周内由 5 升到 9、11 mm/s，逐渐加速；后期排气温度升 3–6 °C',
      en: 'Airend vibration 5 to 9 to 11 mm/s in 3–8 weeks, accelerating; temperature up 3–6 °C late',
    },
    causes: { zh: '运行超过 30,000 小时、油中进水或缺油', en: 'More than 30,000 h, water in the oil or loss of oil' },
    fix: { zh: '主机大修，换油', en: 'Overhaul the airend, change the oil' },
    signature: [
      { signalKey: 'airend_vibration', direction: 'up', perHour: [0.003, 0.02] },
      { signalKey: 'discharge_temperature', direction: 'up', perHour: [0.004, 0.02] },
    ],
    prior: 0.08,
    parts: [one('A7'), { ...newOil, optional: false }],
    standardHours: '16',
    persons: 2,
    certificates: [],
    skillLevel: 4,
  },
  {
    key: 'AC-05',
    modelKey,
    name: { zh: '进气阀卡滞', en: 'Inlet valve sticking' },
    onSignals: {
      zh: '压力低于 0.6 MPa 而电流仅 60 A，或冲高到 0.87 MPa',
      en: 'Pressure below .6 MPa at 60 A, or overshooting to .87 MPa',
    },
    causes: { zh: '电磁阀故障、膜片老化', en: 'Solenoid valve, aged diaphragm' },
    fix: { zh: '更换进气阀维修包，校验加卸载', en: 'Fit the valve kit, check loading and unloading' },
    signature: [
      { signalKey: 'discharge_pressure', direction: 'down', perHour: [0.5, 20] },
      { signalKey: 'current', direction: 'down', perHour: [200, 20_000] },
    ],
    prior: 0.14,
    parts: [one('A6')],
    standardHours: '2',
    persons: 1,
    certificates: ['electrician'],
    skillLevel: 3,
  },
  {
    key: 'AC-06',
    modelKey,
    name: { zh: '空滤堵塞', en: 'Air filter clogged' },
    onSignals: {
      zh: '进气负压 4–8 周内由 2 升到 6 kPa，比功率升约 4 %',
      en: 'Inlet vacuum 2 to 6 kPa in 4–8 weeks, specific power up 4 %',
    },
    causes: { zh: '粉尘', en: 'Dust' },
    fix: { zh: '更换空滤', en: 'Replace the air filter' },
    signature: [
      { signalKey: 'inlet_vacuum', direction: 'up', perHour: [0.003, 0.006] },
      { signalKey: 'specific_power', direction: 'up', perHour: [0.0001, 0.0005] },
    ],
    prior: 0.18,
    parts: [one('A1')],
    standardHours: '0.5',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
]
