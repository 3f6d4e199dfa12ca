import type { DemoFailureMode } from './failure-mode.ts'

const modelKey = 'CH1000'
const some = (partCode: string, quantity = '1') => ({ partCode, quantity, optional: false })
const maybe = (partCode: string) => ({ partCode, quantity: '1', optional: true })

/** Speeds are per hour: 2.6 K in 3 to 6 months are 0.0006 to 0.0012 K/h; 170 kPa in 3 to 6 minutes 1,700 to 3,400 kPa/h. */
export const chillerFailureModes: readonly DemoFailureMode[] = [
  {
    key: 'CH-01',
    modelKey,
    name: { zh: '冷凝器结垢', en: 'Condenser scaled' },
    onSignals: {
      zh: '冷凝趋近温差 3–6 个月内由 1.4 升到 4 K；冷凝压力升 70–100 kPa，电流升 6–8 %',
      en: 'Condenser approach 1.4 to 4 K in 3–6 months; condensing pressure up 70–100 kPa, current up 6–8 %',
    },
    causes: { zh: '冷却水处理不当', en: 'Cooling water treated badly' },
    fix: {
      zh: '拆端盖通刷铜管，化学清洗、中和、冲洗，复核水处理',
      en: 'Open the heads and brush the tubes, clean chemically, neutralise, flush; review the water treatment',
    },
    signature: [
      { signalKey: 'condenser_approach', direction: 'up', perHour: [0.0006, 0.0012] },
      { signalKey: 'condensing_pressure', direction: 'up', perHour: [0.016, 0.047] },
      { signalKey: 'current', direction: 'up', perHour: [0.002, 0.011] },
    ],
    prior: 0.24,
    parts: [some('C6', '2')],
    standardHours: '10',
    persons: 2,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'CH-02',
    modelKey,
    name: { zh: '冷媒泄漏', en: 'Refrigerant leaking' },
    onSignals: {
      zh: '蒸发压力 2–8 周内由 252 降到 190 kPa；蒸发趋近 2 升到 5 K，排气升 10 °C，出水到 9 °C',
      en: 'Evaporating pressure 252 to 190 kPa in 2–8 weeks; approach 2 to 5 K, discharge up 10 °C, water at 9 °C',
    },
    causes: { zh: '法兰、阀杆密封泄漏', en: 'Flange or valve stem leaks' },
    fix: {
      zh: '检漏、堵漏，抽真空，换干燥芯，按铭牌补足冷媒并登记',
      en: 'Find and stop the leak, evacuate, replace the drier core, recharge by the plate and record it',
    },
    signature: [
      { signalKey: 'evaporating_pressure', direction: 'down', perHour: [0.046, 0.19] },
      { signalKey: 'evaporator_approach', direction: 'up', perHour: [0.002, 0.009] },
      { signalKey: 'discharge_temperature', direction: 'up', perHour: [0.007, 0.03] },
      { signalKey: 'leaving_water_temperature', direction: 'up', perHour: [0.0015, 0.012] },
    ],
    prior: 0.16,
    // As many bottles as have leaked out; three are a fifth of the charge.
    parts: [some('C1', '3'), some('C2')],
    standardHours: '8',
    persons: 1,
    certificates: ['refrigeration'],
    skillLevel: 3,
  },
  {
    key: 'CH-03',
    modelKey,
    name: { zh: '冷冻水流量不足', en: 'Chilled water flow low' },
    onSignals: {
      zh: '流量由 172 降到 140 m³/h 以下；进出水温差由 5 升到 6 K 以上，蒸发压力下降',
      en: 'Flow 172 to below 140 m³/h; temperature difference 5 to above 6 K, evaporating pressure falls',
    },
    causes: { zh: '过滤器堵塞、水泵或阀门异常', en: 'Strainer, pump or valve' },
    fix: {
      zh: '清洗过滤器，查水泵与阀门开度，重新调定流量',
      en: 'Clean the strainer, check pump and valves, set the flow',
    },
    signature: [
      { signalKey: 'chilled_water_flow', direction: 'down', perHour: [1, 3_000] },
      { signalKey: 'entering_water_temperature', direction: 'up', perHour: [0.03, 60] },
      { signalKey: 'evaporating_pressure', direction: 'down', perHour: [0.5, 600] },
    ],
    prior: 0.2,
    parts: [],
    standardHours: '3',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
  {
    key: 'CH-04',
    modelKey,
    name: { zh: '油压差低', en: 'Oil differential pressure low' },
    onSignals: {
      zh: '油压差由 350 降到 180 kPa：2–6 周为油滤堵塞，数分钟为失油',
      en: 'Oil differential pressure 350 to 180 kPa: in 2–6 weeks a clogged filter, in minutes a loss of oil',
    },
    causes: { zh: '油滤堵塞、冷冻油迁移', en: 'Clogged filter, oil migrated into the refrigerant' },
    fix: {
      zh: '更换油滤，回油并补足冷冻油，查油加热器',
      en: 'Replace the filter, return and top up the oil, check its heater',
    },
    signature: [{ signalKey: 'oil_dp', direction: 'down', perHour: [0.17, 3_000] }],
    prior: 0.12,
    parts: [some('C4'), maybe('C3')],
    standardHours: '4',
    persons: 1,
    certificates: ['refrigeration'],
    skillLevel: 3,
  },
  {
    key: 'CH-05',
    modelKey,
    name: { zh: '冷却塔停风', en: 'Cooling tower fan stopped' },
    onSignals: {
      zh: '冷凝压力 3–6 分钟内由 860 升到 1,030 kPa；水温每分钟升约 1 °C',
      en: 'Condensing pressure 860 to 1,030 kPa in 3–6 minutes; water up about 1 °C a minute',
    },
    causes: { zh: '皮带断、风机电机或冷却水泵故障', en: 'Belt, fan motor or cooling water pump' },
    fix: {
      zh: '登塔前断电挂牌，更换皮带并张紧，查电机与水泵',
      en: 'Lock out before climbing the tower, replace and tension the belt, check motor and pump',
    },
    signature: [
      { signalKey: 'condensing_pressure', direction: 'up', perHour: [1_700, 3_400] },
      { signalKey: 'current', direction: 'up', perHour: [60, 1_500] },
    ],
    prior: 0.16,
    parts: [some('C7')],
    standardHours: '2',
    persons: 1,
    certificates: ['electrician', 'height'],
    skillLevel: 3,
  },
  {
    key: 'CH-06',
    modelKey,
    name: { zh: '传感器卡死', en: 'Sensor frozen' },
    onSignals: {
      zh: '负载变化时读数 10 分钟以上毫无变化',
      en: 'A reading without any variance for more than 10 minutes while the load moves',
    },
    causes: { zh: '传感器损坏、线缆进水', en: 'Sensor broken, cable wet' },
    fix: {
      zh: '比对压力表，更换传感器，处理接头进水',
      en: 'Compare with a gauge, replace the sensor, dry and seal the plug',
    },
    // It shows on whichever sensor froze, and as nothing that goes up or down.
    signature: [],
    prior: 0.12,
    parts: [some('C5')],
    standardHours: '1',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
]
