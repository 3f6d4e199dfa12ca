import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { healthOf, type HealthSigns } from './health.ts'

const nowMs = 1_795_000_000_000
const latest = (value: number | null, ageMs = 1_000, quality = 0) => ({ at: nowMs - ageMs, value, quality })
const temperature = (value: number | null, ageMs?: number, quality?: number): HealthSigns['signals'][number] => ({
  name: { zh: '排气温度', en: 'Discharge temperature' },
  unit: '°C',
  decimals: 1,
  limits: { hh: 105, h: 100, l: null, ll: null },
  normal: [80, 95],
  latest: latest(value, ageMs, quality),
})
const pressure = (value: number): HealthSigns['signals'][number] => ({
  name: { zh: '排气压力', en: 'Discharge pressure' },
  unit: 'MPa',
  decimals: 2,
  limits: { hh: 0.9, h: 0.85, l: 0.55, ll: 0.5 },
  normal: [0.65, 0.8],
  latest: latest(value),
})
const runHours: HealthSigns['signals'][number] = {
  name: { zh: '运行时间', en: 'Running hours' },
  unit: 'h',
  decimals: 0,
  limits: { hh: null, h: null, l: null, ll: null },
  normal: null,
  latest: latest(18_412),
}
const fanAlarm = (level: HealthSigns['activeAlarms'][number]['level']) => ({
  level,
  signalName: { zh: '排气温度', en: 'Discharge temperature' },
  failureModeName: { zh: '风机故障', en: 'Fan failure' },
})
const health = (change: Partial<HealthSigns>) =>
  healthOf({ state: 'running', signals: [], activeAlarms: [], nowMs, freshMs: 60_000, ...change })
const told = (change: Partial<HealthSigns>) => {
  const { level, score, reasons } = health(change)
  return [level, score, ...reasons.map(({ zh }) => zh)]
}

describe('healthOf', () => {
  it.each<[string, Partial<HealthSigns>, unknown[]]>([
    ['all is normal', { signals: [temperature(88), pressure(0.72)] }, ['ok', 100, '各测点均在正常范围']],
    [
      'a little off, which costs points and is named',
      { signals: [temperature(97), pressure(0.72)] },
      ['ok', 90, '排气温度 97.0 °C，高于正常范围，高限 100.0 °C'],
    ],
    [
      'a little off on the low side',
      { signals: [temperature(88), pressure(0.63)] },
      ['ok', 95, '排气压力 0.63 MPa，低于正常范围，低限 0.55 MPa'],
    ],
    [
      'off without a known normal range',
      { signals: [{ ...pressure(0.8), normal: null }] },
      ['ok', 96, '排气压力 0.80 MPa，接近高限 0.85 MPa'],
    ],
    ['hardly off: the score is as good as full', { signals: [temperature(95.2)] }, ['ok', 99, '各测点均在正常范围']],
    ['near a high limit', { signals: [temperature(98.5)] }, ['warning', 83, '排气温度 98.5 °C，接近高限 100.0 °C']],
    ['near a low limit', { signals: [pressure(0.57)] }, ['warning', 80, '排气压力 0.57 MPa，接近低限 0.55 MPa']],
    [
      'over, not yet an alarm',
      { signals: [temperature(101)] },
      ['warning', 75, '排气温度 101.0 °C，已超过高限 100.0 °C'],
    ],
    ['idling, without pressure', { state: 'idle', signals: [pressure(0.02)] }, ['ok', 100, '各测点均在正常范围']],
    [
      'idling, and hot all the same',
      { state: 'idle', signals: [pressure(0.02), temperature(101)] },
      ['warning', 75, '排气温度 101.0 °C，已超过高限 100.0 °C'],
    ],
    [
      'an alarm',
      { signals: [temperature(101)], activeAlarms: [fanAlarm('high')] },
      ['warning', 45, '排气温度高报，疑似风机故障', '排气温度 101.0 °C，已超过高限 100.0 °C'],
    ],
    [
      'a grave alarm',
      { signals: [temperature(106)], activeAlarms: [fanAlarm('high-high')] },
      ['critical', 20, '排气温度高高报，疑似风机故障', '排气温度 106.0 °C，已超过高限 100.0 °C'],
    ],
    ['tripped', { state: 'tripped' }, ['critical', 0, '设备已跳机']],
    [
      'stopped: a cold pipe is no fault',
      { state: 'stopped', signals: [pressure(0)] },
      ['ok', null, '停机中，运行测点不评估'],
    ],
    [
      'stopped with an alarm',
      { state: 'stopped', activeAlarms: [fanAlarm('high')] },
      ['warning', null, '排气温度高报，疑似风机故障', '停机中，运行测点不评估'],
    ],
    ['offline', { state: 'offline', signals: [temperature(88)] }, ['unknown', null, '设备离线，当前状况未知']],
    ['stale readings', { signals: [temperature(88, 61_000)] }, ['unknown', null, '没有新鲜的测点数据']],
    ['bad readings', { signals: [temperature(88, 0, 2), temperature(null)] }, ['unknown', null, '没有新鲜的测点数据']],
    ['only signals that have no limits', { signals: [runHours] }, ['unknown', null, '没有新鲜的测点数据']],
  ])('%s', (_, change, expected) => expect(told(change)).toEqual(expected))

  it('never calls everything normal where points are missing', () => {
    const signal = fc.oneof(
      fc.double({ min: 60, max: 120, noNaN: true }).map((value) => temperature(value)),
      fc.double({ min: 0.4, max: 1, noNaN: true }).map(pressure),
    )
    fc.assert(
      fc.property(fc.array(signal, { minLength: 1, maxLength: 12 }), (signals) => {
        const { score, reasons } = health({ signals })
        const saysNormal = reasons.some(({ en }) => en === 'All signals are well within limits')
        expect(saysNormal).toBe((score ?? 0) >= 98)
      }),
    )
  })

  it('falls as a signal nears its limit and stays within 0 and 100', () => {
    const value = fc.double({ min: 60, max: 130, noNaN: true })
    fc.assert(
      fc.property(value, value, fc.integer({ min: 0, max: 8 }), (a, b, alarms) => {
        const activeAlarms = Array.from({ length: alarms }, () => fanAlarm('high-high'))
        const score = (at: number) => health({ signals: [temperature(at), pressure(0.72)], activeAlarms }).score ?? NaN
        const [cool, hot] = [score(Math.min(a, b)), score(Math.max(a, b))]
        expect(hot).toBeLessThanOrEqual(cool)
        expect(hot).toBeGreaterThanOrEqual(0)
        expect(cool).toBeLessThanOrEqual(100)
      }),
    )
  })
})
