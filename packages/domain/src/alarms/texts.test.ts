import type { ThresholdDefinition } from '@fettle/contracts/rules'
import { describe, expect, it } from 'vitest'
import { alarmText, changeText, ruleText, valueText } from './texts.ts'

const temperature = { signalName: { zh: '排气温度', en: 'Discharge temperature' }, unit: '°C', decimals: 0 }
const pressure = { signalName: { zh: '排气压力', en: 'Discharge pressure' }, unit: 'MPa', decimals: 2 }

function rule(
  limits: Partial<ThresholdDefinition['limits']>,
  change: Partial<ThresholdDefinition> = {},
): ThresholdDefinition {
  return {
    kind: 'threshold',
    signalKey: 's',
    limits: { hh: null, h: null, l: null, ll: null, ...limits },
    band: 1,
    onDelayMs: 15_000,
    offDelayMs: 30_000,
    latenessMs: 30_000,
    whileRunning: false,
    startupMs: 0,
    ...change,
  }
}

describe('a rule in words', () => {
  it.each([
    [temperature, rule({ h: 100 }), '排气温度 ≥ 100 °C，持续 15 秒', 'Discharge temperature ≥ 100 °C for 15 s'],
    [
      temperature,
      rule({ h: 100, hh: 105 }),
      '排气温度 ≥ 100 / 105 °C，持续 15 秒',
      'Discharge temperature ≥ 100 / 105 °C for 15 s',
    ],
    [
      pressure,
      rule({ ll: 0.5, l: 0.55, h: 0.85, hh: 0.9 }, { onDelayMs: 300_000, whileRunning: true }),
      '排气压力 ≥ 0.85 / 0.90 或 ≤ 0.55 / 0.50 MPa，持续 5 分钟，仅在运行时',
      'Discharge pressure ≥ 0.85 / 0.90 or ≤ 0.55 / 0.50 MPa for 5 min, while running',
    ],
    [temperature, rule({ h: 100 }, { onDelayMs: 0 }), '排气温度 ≥ 100 °C', 'Discharge temperature ≥ 100 °C'],
  ])('%#', (signal, definition, zh, en) => expect(ruleText(definition, signal)).toEqual({ zh, en }))
})

describe('a rule with a condition in words', () => {
  const vibration = { signalName: { zh: '主轴振动', en: 'Spindle vibration' }, unit: 'mm/s', decimals: 1 }
  const speed = { signalName: { zh: '主轴转速', en: 'Spindle speed' }, unit: 'r/min', decimals: 0 }
  const judged = (bounds: { atLeast?: number; atMost?: number }, change: Partial<ThresholdDefinition> = {}) =>
    rule({ h: 1.8 }, { onDelayMs: 60_000, condition: { signalKey: 'spindle_speed', ...bounds }, ...change })

  it.each([
    [
      judged({ atLeast: 5_900 }),
      '主轴振动 ≥ 1.8 mm/s，持续 1 分钟，仅当主轴转速 ≥ 5900 r/min',
      'Spindle vibration ≥ 1.8 mm/s for 1 min, only at spindle speed ≥ 5900 r/min',
    ],
    [
      judged({ atLeast: 5_900, atMost: 6_100 }, { whileRunning: true }),
      '主轴振动 ≥ 1.8 mm/s，持续 1 分钟，仅在运行时，仅当主轴转速 5900–6100 r/min',
      'Spindle vibration ≥ 1.8 mm/s for 1 min, while running, only at spindle speed 5900–6100 r/min',
    ],
    [
      judged({ atMost: -0.5 }, { onDelayMs: 0 }),
      '主轴振动 ≥ 1.8 mm/s，仅当主轴转速 ≤ −0.5 r/min',
      'Spindle vibration ≥ 1.8 mm/s, only at spindle speed ≤ −0.5 r/min',
    ],
  ])('%#', (definition, zh, en) => expect(ruleText(definition, vibration, speed)).toEqual({ zh, en }))

  it('calls a signal that is not at hand by its key', () => {
    expect(ruleText(judged({ atLeast: 5_900 }), vibration).zh).toContain('仅当spindle_speed ≥ 5900')
  })
})

it('an alarm tells value, level, limit and the likely failure', () => {
  const fan = { zh: '风机故障', en: 'Cooling fan failure' }
  expect(alarmText({ level: 'high-high', value: 105.4, limit: 105 }, temperature, fan)).toEqual({
    zh: '排气温度 105 °C，高高报（限值 105 °C），疑似风机故障',
    en: 'Discharge temperature 105 °C, high-high alarm (limit 105 °C), likely cooling fan failure',
  })
})

it.each([
  ['low-low', '排气压力转为低低报：0.48 MPa', 'Discharge pressure now at low-low: 0.48 MPa'],
  [null, '排气压力恢复正常：0.48 MPa', 'Discharge pressure back to normal: 0.48 MPa'],
] as const)('a change to %s', (level, zh, en) => {
  expect(changeText({ level, value: 0.481 }, pressure)).toEqual({ zh, en })
})

it.each([
  [-30, 1, '−30.0 kPa'],
  [-0.04, 1, '0.0 kPa'],
  [12, 0, '12 kPa'],
])('%d with %d decimals is written %s', (value, decimals, text) =>
  expect(valueText(value, { unit: 'kPa', decimals })).toBe(text),
)
