import type { DemoFailureMode } from './failure-mode.ts'

const modelKey = 'VMC850'
const one = (partCode: string) => ({ partCode, quantity: '1', optional: false })
const maybe = (partCode: string) => ({ partCode, quantity: '1', optional: true })

/** Speeds are per hour: 8 µm in 6 to 12 weeks are 0.004 to 0.008 µm/h; an air line empties in seconds to minutes. */
export const machiningCentreFailureModes: readonly DemoFailureMode[] = [
  {
    key: 'VMC-01',
    modelKey,
    name: { zh: '主轴轴承磨损', en: 'Spindle bearings worn' },
    onSignals: {
      zh: '6,000 r/min 振动 4–10 周内由 0.8 升到 1.8、2.8 mm/s；后期温度升 12 °C、空载负载升 5 %',
      en: 'Vibration at 6,000 r/min .8 to 1.8 to 2.8 mm/s in 4–10 weeks; late, temperature up 12 °C and idle load up 5 %',
    },
    causes: { zh: '切削液侵入、撞机', en: 'Coolant ingress, crash' },
    fix: {
      zh: '更换主轴轴承组或主轴单元，动平衡，分级跑合 4 h 后复测振动',
      en: 'Replace the bearings or the unit, balance, run in by steps for 4 h, measure again',
    },
    signature: [
      { signalKey: 'spindle_vibration', direction: 'up', perHour: [0.001, 0.006] },
      { signalKey: 'spindle_temperature', direction: 'up', perHour: [0.007, 0.04] },
      { signalKey: 'spindle_load', direction: 'up', perHour: [0.003, 0.02] },
    ],
    prior: 0.18,
    // A unit always fits; bearings alone only where shaft and housing are sound.
    parts: [maybe('V1'), one('V8')],
    standardHours: '14',
    persons: 2,
    certificates: ['va-2'],
    skillLevel: 3,
  },
  {
    key: 'VMC-02',
    modelKey,
    name: { zh: '拉刀力不足', en: 'Drawbar force too low' },
    onSignals: {
      zh: '松刀时间数周内由 0.8 升到 1.4 s；仅重切削时振动',
      en: 'Unclamp time .8 to 1.4 s in weeks; vibration only in heavy cuts',
    },
    causes: { zh: '碟簧断裂疲劳、打刀缸行程不足', en: 'Tired disc springs, unclamp cylinder short of stroke' },
    fix: {
      zh: '测拉刀力（8–12 kN），更换碟簧拉爪组，必要时换打刀缸并调行程',
      en: 'Test the force (8–12 kN), replace springs and gripper, the cylinder where needed, and set its stroke',
    },
    signature: [{ signalKey: 'unclamp_time', direction: 'up', perHour: [0.0004, 0.002] }],
    prior: 0.2,
    parts: [one('V2'), maybe('V3')],
    standardHours: '4',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'VMC-03',
    modelKey,
    name: { zh: '气压低', en: 'Air pressure low' },
    onSignals: {
      zh: '气压数秒到数分钟内由 0.60 降到 0.48 MPa',
      en: 'Air pressure .60 to .48 MPa within seconds to minutes',
    },
    causes: { zh: '漏气、三联件滤芯堵塞、厂区气源不足', en: 'Leak, blocked filter, plant air' },
    fix: {
      zh: '查漏补漏，更换气源三联件，核对厂区气压',
      en: 'Find and mend the leak, replace the FRL, check plant air',
    },
    signature: [{ signalKey: 'air_pressure', direction: 'down', perHour: [1, 50] }],
    prior: 0.22,
    parts: [maybe('V7')],
    standardHours: '1',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
  {
    key: 'VMC-04',
    modelKey,
    name: { zh: '丝杠支撑轴承磨损', en: 'Ball screw support worn' },
    onSignals: {
      zh: 'X 反向间隙 6–12 周内由 4 升到 12 µm；后期轴负载升 10 %',
      en: 'X backlash 4 to 12 µm in 6–12 weeks; axis load up 10 % late',
    },
    causes: { zh: '润滑不良、切屑侵入', en: 'Poor lubrication, chips' },
    fix: {
      zh: '更换支撑轴承，预紧，激光检测并补偿反向间隙与螺距',
      en: 'Replace the support bearing, preload, measure by laser and compensate backlash and pitch',
    },
    signature: [
      { signalKey: 'x_backlash', direction: 'up', perHour: [0.004, 0.01] },
      { signalKey: 'z_load', direction: 'up', perHour: [0.005, 0.06] },
    ],
    prior: 0.16,
    parts: [one('V4')],
    standardHours: '8',
    persons: 1,
    certificates: [],
    skillLevel: 3,
  },
  {
    key: 'VMC-05',
    modelKey,
    name: { zh: '润滑失效', en: 'Lubrication failed' },
    onSignals: {
      zh: '润滑脉冲由 1.8 降到 1.0 MPa 以下；2–5 天内各轴负载升 5–10 %',
      en: 'Pulse 1.8 to below 1.0 MPa; axis loads up 5–10 % within 2–5 days',
    },
    causes: { zh: '润滑泵失压、计量件堵塞、油箱空', en: 'Pump, metering valve, empty tank' },
    fix: {
      zh: '加油排气，更换润滑泵或计量件，逐点确认出油',
      en: 'Fill and bleed, replace pump or metering valve, see oil at every point',
    },
    signature: [
      { signalKey: 'lubrication_pulse', direction: 'down', perHour: [0.005, 20] },
      { signalKey: 'z_load', direction: 'up', perHour: [0.04, 0.2] },
    ],
    prior: 0.24,
    parts: [one('V5'), maybe('V6')],
    standardHours: '1.5',
    persons: 1,
    certificates: [],
    skillLevel: 2,
  },
]
