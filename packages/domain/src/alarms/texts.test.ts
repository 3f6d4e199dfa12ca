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
