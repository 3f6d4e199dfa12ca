import { describe, expect, it } from 'vitest'
import { certificateKeys, engineers } from './engineers.ts'
import { failureModes } from './failure-modes.ts'
import { models } from './models.ts'
import { parts } from './parts.ts'

const modelOf = (modelKey: string) => models.find(({ key }) => key === modelKey)!
const partOf = (partCode: string) => parts.find(({ code }) => code === partCode)!

/** The catalogue: name, parts that it may need, and hours with the number of persons where it is more than one. */
const catalogue = `
  AC-01 风机故障 A5 2.5
  AC-02 油分堵塞 A2 A3 A4 2.5
  AC-03 冷却器积尘 3
  AC-04 主机轴承磨损 A4 A7 16×2
  AC-05 进气阀卡滞 A6 2
  AC-06 空滤堵塞 A1 0.5
  IM-01 加热圈断 I1 1.5
  IM-02 热电偶漂移 I2 1
  IM-03 止逆环磨损 I3 5
  IM-04 油冷器结垢 I4 4
  IM-05 油泵内泄 I4 I5 6
  IM-06 锁模不均 I6 8×2
  VMC-01 主轴轴承磨损 V1 V8 14×2
  VMC-02 拉刀力不足 V2 V3 4
  VMC-03 气压低 V7 1
  VMC-04 丝杠支撑轴承磨损 V4 8
  VMC-05 润滑失效 V5 V6 1.5
  CH-01 冷凝器结垢 C6 10×2
  CH-02 冷媒泄漏 C1 C2 8
  CH-03 冷冻水流量不足 3
  CH-04 油压差低 C3 C4 4
  CH-05 冷却塔停风 C7 2
  CH-06 传感器卡死 C5 1
  P-01 轴承磨损 U2 5
  P-02 机封泄漏 U1 4
  P-03 汽蚀 U5 2
  P-04 联轴器不对中 U3 3
  P-05 叶轮口环磨损 U4 6
  P-06 干转 U1 1.5`

describe('failure modes', () => {
  it('are those of the catalogue', () => {
    expect(failureModes.map(({ key }) => key).join(' ')).toBe(
      'AC-01 AC-02 AC-03 AC-04 AC-05 AC-06 IM-01 IM-02 IM-03 IM-04 IM-05 IM-06 VMC-01 VMC-02 VMC-03 VMC-04 VMC-05 ' +
        'CH-01 CH-02 CH-03 CH-04 CH-05 CH-06 P-01 P-02 P-03 P-04 P-05 P-06',
    )
  })

  it.each(failureModes.map((mode) => [mode.key, mode] as const))(
    '%s shows on signals and uses parts that exist',
    (_, mode) => {
      const model = modelOf(mode.modelKey)
      for (const { signalKey, perHour } of mode.signature) {
        expect(model.signals.map(({ key }) => key)).toContain(signalKey)
        expect(perHour[0]).toBeLessThan(perHour[1])
      }
      for (const { partCode, quantity } of mode.parts) {
        expect(partOf(partCode).modelFamily).toBe(model.family)
        expect(quantity).toMatch(/^\d+(\.\d{1,4})?$/)
      }
      expect(mode.certificates.every((key) => certificateKeys.includes(key))).toBe(true)
      expect(mode.skillLevel).toBeGreaterThanOrEqual(1)
      expect(mode.skillLevel).toBeLessThanOrEqual(5)
      expect(mode.standardHours).toMatch(/^\d+(\.\d{1,2})?$/)
    },
  )

  it.each(models.map(({ key }) => key))('of %s are all of its failures', (modelKey) => {
    const priors = failureModes.filter((mode) => mode.modelKey === modelKey).map(({ prior }) => prior)
    expect(priors.reduce((sum, prior) => sum + prior, 0)).toBeCloseTo(1, 9)
  })

  it('need the parts, hours and hands of the catalogue', () => {
    const told = failureModes.map(({ key, name, parts: needed, standardHours, persons }) => {
      const codes = needed.map(({ partCode }) => partCode).toSorted()
      return [key, name.zh, ...codes, persons === 1 ? standardHours : `${standardHours}×${persons}`].join(' ')
    })
    expect(told).toEqual(
      catalogue
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    )
  })

  it.each(failureModes.map((mode) => [mode.key, mode] as const))('%s is in the power of somebody', (_, mode) => {
    const { family } = modelOf(mode.modelKey)
    const skilled = engineers.filter(({ skills }) => (skills[family] ?? 0) >= mode.skillLevel)
    expect(skilled.length).toBeGreaterThan(0)
    // Two go together, and then what each of them may do counts for both: a spindle takes 孙海峰 and 王振国.
    const hands = mode.persons > 1 ? engineers : skilled
    const held = hands.map(({ certificates }) => certificates.map(({ key }) => key))
    expect(held.some((keys) => mode.certificates.every((key) => keys.includes(key)))).toBe(true)
  })

  it('of the refrigerant ask for its licence', () => {
    const asking = failureModes.filter(({ certificates }) => certificates.includes('refrigeration'))
    expect(asking.map(({ key }) => key)).toEqual(['CH-02', 'CH-04'])
  })
})
