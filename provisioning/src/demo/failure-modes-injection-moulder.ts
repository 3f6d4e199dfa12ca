import type { DemoFailureMode } from './failure-mode.ts'

const modelKey = 'IM280'
const one = (partCode: string) => ({ partCode, quantity: '1', optional: false })

/** Speeds are per hour: 3 mm in 3 to 8 weeks are 0.002 to 0.006 mm/h; 2 to 3 °C a minute are 120 to 180 °C/h. */
export const injectionMoulderFailureModes: readonly DemoFailureMode[] = [
  {
    key: 'IM-01',
    modelKey,
    name: { zh: '加热圈断', en: 'Heater band open' },
    onSignals: {
      zh: '该段温度每分钟降 2–3 °C，加热占空升到 100 %',
      en: 'The zone falls 2–3 °C a minute while its heater duty goes to 100 %',
    },
    causes: { zh: '加热圈烧断、固态继电器损坏、接线松脱', en: 'Heater burnt out, solid-state relay, loose wire' },
    fix: {
      zh: '断电挂牌，逐圈测阻值，查固态继电器与接线，更换加热圈并紧固卡箍',
      en: 'Lock out, measure each band, check relay and wire, replace the band and tighten its clamp',
    },
    signature: [
      { signalKey: 'zone3_temperature', direction: 'down', perHour: [120, 180] },
      { signalKey: 'heater_duty', direction: 'up', perHour: [300, 6_000] },
    ],
    prior: 0.28,
    parts: [one('I1')],
    standardHours: '1.5',
    persons: 1,
    certificates: ['electrician'],
    skillLevel: 2,
  },
  {
    key: 'IM-02',
    modelKey,
    name: { zh: '热电偶漂移', en: 'Thermocouple drifting' },
    onSignals: {
      zh: '该段温度摆动 ±8 °C，或突降 15 °C 而占空上升、射压降约 5 %（实际料温过高）',
      en: 'The zone swings by 8 °C, or steps down 15 °C while duty rises and pressure falls 5 % (the melt is really too hot)',
    },
    causes: { zh: '热电偶松动、老化', en: 'Thermocouple loose or aged' },
    fix: { zh: '更换热电偶，压紧到位，重新整定该段', en: 'Replace the thermocouple, seat it, tune the zone again' },
    signature: [
      { signalKey: 'zone3_temperature', direction: 'down', perHour: [600, 60_000] },
      { signalKey: 'heater_duty', direction: 'up', perHour: [100, 6_000] },
      { signalKey: 'injection_pressure_peak', direction: 'down', perHour: [10, 150] },
    ],
    prior: 0.22,
    parts: [one('I2')],
    standardHours: '1',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
  {
    key: 'IM-03',
    modelKey,
    name: { zh: '止逆环磨损', en: 'Check ring worn' },
    onSignals: {
      zh: '残量波动 σ 由 0.15 升到 0.6 mm，均值 3–8 周内由 6 降到 3 mm',
      en: 'Cushion scatter .15 to .6 mm, its mean 6 to 3 mm in 3–8 weeks',
    },
    causes: { zh: '玻纤增强料磨损', en: 'Abrasion by glass-fibre compounds' },
    fix: {
      zh: '清空料筒，拆喷嘴与法兰，更换止逆环组，检查螺杆头与料筒内壁',
      en: 'Empty the barrel, remove nozzle and flange, replace the ring set, inspect screw tip and bore',
    },
    signature: [{ signalKey: 'cushion', direction: 'down', perHour: [0.002, 0.006] }],
    prior: 0.14,
    parts: [one('I3')],
    standardHours: '5',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'IM-04',
    modelKey,
    name: { zh: '油冷器结垢', en: 'Oil cooler scaled' },
    onSignals: {
      zh: '油温 4–8 周内由 46 升到 56 °C，周期增加约 1 s',
      en: 'Oil 46 to 56 °C in 4–8 weeks, cycle about 1 s longer',
    },
    causes: { zh: '冷却水结垢、流量不足', en: 'Scale, too little cooling water' },
    fix: {
      zh: '酸洗油冷器，冲洗管路与过滤网，恢复流量，更换油滤',
      en: 'Acid-wash the cooler, flush pipes and strainer, restore the flow, replace the oil filter',
    },
    signature: [
      { signalKey: 'oil_temperature', direction: 'up', perHour: [0.007, 0.015] },
      { signalKey: 'cycle_time', direction: 'up', perHour: [0.0007, 0.0015] },
    ],
    prior: 0.14,
    parts: [one('I4')],
    standardHours: '4',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
  {
    key: 'IM-05',
    modelKey,
    name: { zh: '油泵内泄', en: 'Pump leaking internally' },
    onSignals: {
      zh: '保压泵速 4–12 周内由 150 升到 350 r/min，油温升约 4 °C',
      en: 'Holding pump speed 150 to 350 r/min in 4–12 weeks, oil up 4 °C',
    },
    causes: { zh: '齿轮泵磨损、油液污染', en: 'Worn gear pump, dirty oil' },
    fix: {
      zh: '更换齿轮泵与油滤，冲洗油路，取样检油',
      en: 'Replace gear pump and oil filter, flush the circuit, sample the oil',
    },
    signature: [
      { signalKey: 'holding_pump_speed', direction: 'up', perHour: [0.1, 0.3] },
      { signalKey: 'oil_temperature', direction: 'up', perHour: [0.002, 0.006] },
    ],
    prior: 0.1,
    parts: [one('I5'), one('I4')],
    standardHours: '6',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'IM-06',
    modelKey,
    name: { zh: '锁模不均', en: 'Clamping uneven' },
    onSignals: {
      zh: '拉杆不均数周内由 2 升到 7 %，周期增加约 0.3 s',
      en: 'Tie-bar imbalance 2 to 7 % in weeks, cycle about .3 s longer',
    },
    causes: { zh: '肘节销套磨损、润滑不良、模具不平行', en: 'Worn toggle pins, poor lubrication, mould not parallel' },
    fix: {
      zh: '校模板平行与调模机构，更换肘节衬套组，查集中润滑',
      en: 'Level the platens, replace the toggle bushings, check the central lubrication',
    },
    signature: [
      { signalKey: 'tie_bar_imbalance', direction: 'up', perHour: [0.004, 0.02] },
      { signalKey: 'cycle_time', direction: 'up', perHour: [0.0002, 0.001] },
    ],
    prior: 0.12,
    parts: [one('I6')],
    standardHours: '8',
    persons: 2,
    certificates: [],
    skillLevel: 3,
  },
]
