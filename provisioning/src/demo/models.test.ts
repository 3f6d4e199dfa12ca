import { describe, expect, it } from 'vitest'
import { models } from './models.ts'

/** The catalogue: signal, normal range, then LL/L and H/HH as they are written there. */
const catalogue: Readonly<Record<string, string>> = {
  AC75: `
    discharge_pressure MPa 0.65–0.8 L 0.5/0.55 H 0.85/0.9
    discharge_temperature °C 80–95 H 100/105
    separator_dp MPa 0.02–0.04 H 0.08/0.1
    current A 132–142 H 150/160
    motor_vibration mm/s 1.5–2.8 H 4.5/7.1
    airend_vibration mm/s 4–7 H 9/11
    inlet_vacuum kPa 1–3 H 5/6.5
    dew_point °C 3–8 H 10/15
    specific_power kW/(m³/min) 6.2–6.6 H 7.2/7.8
    ambient_temperature °C`,
  IM280: `
    oil_temperature °C 42–50 H 55/60
    zone3_temperature °C 218–222 L 210/215 H 225/230
    heater_duty % 35–55 H 80/95
    injection_pressure_peak MPa 95–110 H 125/140
    cushion mm 5.6–6.4 L 4/5 H 7/8
    cycle_time s 31.6–32.4 H 34/36
    holding_pump_speed r/min 120–200 H 300/400
    tie_bar_imbalance % 0–3 H 5/8`,
  VMC850: `
    spindle_speed r/min
    spindle_load % 20–70 H 100/120
    spindle_temperature °C 30–50 H 60/65
    spindle_vibration mm/s 0.4–1.2 H 1.8/2.8
    air_pressure MPa 0.55–0.65 L 0.45/0.5
    lubrication_pulse MPa 1.5–2.2 L 1/1.2
    unclamp_time s 0.6–0.9 H 1.2/1.5
    x_backlash µm 2–6 H 10/15
    z_load % 25–45 H 80/100`,
  CH1000: `
    leaving_water_temperature °C 6.5–7.5 H 9/11
    entering_water_temperature °C
    chilled_water_flow m³/h 160–180 L 120/140
    evaporating_pressure kPa 240–265 L 171/190
    condensing_pressure kPa 810–880 H 1030/1150
    evaporator_approach K 0.8–2 H 3/4.5
    condenser_approach K 0.8–2 H 3/4.5
    oil_dp kPa 250–450 L 150/200
    discharge_temperature °C 55–65 H 80/95
    current A 170–300 H 315/330
    load %`,
  P100: `
    flow m³/h 85–105 L 60/75
    outlet_pressure MPa 0.46–0.52 L 0.36/0.42
    inlet_pressure kPa 10–40 L -30/-10
    current A 31–36 L 20/25 H 40/42
    vibration mm/s 1.6–2.8 H 5.1/8.5
    kurtosis 2.8–3.3 H 4.5/6
    bearing_temperature °C 40–60 H 75/85
    seal_leak mL/h 0–5 H 20/60`,
}

describe('models', () => {
  it.each(models.flatMap((model) => model.signals.map((signal) => [model.key, signal.key, signal] as const)))(
    '%s %s has its limits in order, around its normal range',
    (_, __, { limits, normal, decimals, name }) => {
      const { ll, l, h, hh } = limits
      const ordered = [ll, l, normal?.[0] ?? null, normal?.[1] ?? null, h, hh].filter((value) => value !== null)
      expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
      expect(Number.isInteger(decimals)).toBe(true)
      expect(name.zh).toMatch(/\p{Script=Han}/u)
      expect(name.en).toMatch(/^[A-Z]/)
    },
  )

  it('has the signals of its controller and a few of them up front', () => {
    for (const { signals, runStateSignal } of models) {
      const keys = signals.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys).toContain(runStateSignal)
      const headline = signals.flatMap((signal) => (signal.headline === null ? [] : [signal.headline]))
      expect(headline.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
    }
  })

  it('are the five of the catalogue, with its units, normal ranges and limits', () => {
    const told = Object.fromEntries(
      models.map(({ key, signals }) => {
        const lines = signals.map(({ key: signal, unit, normal, limits: { ll, l, h, hh } }) =>
          [signal, unit, normal?.join('–'), l !== null && `L ${ll}/${l}`, h !== null && `H ${h}/${hh}`]
            .filter(Boolean)
            .join(' '),
        )
        return [key, lines.filter((line) => !line.startsWith('run_')).toSorted()]
      }),
    )
    const wanted = Object.entries(catalogue).map(([key, text]) => {
      const lines = text.split('\n').map((line) => line.trim())
      return [key, lines.filter(Boolean).toSorted()] as const
    })
    expect(told).toEqual(Object.fromEntries(wanted))
  })

  it('are watched while idle only where idle means turning or hot', () => {
    const told = Object.fromEntries(models.map(({ key, runningStates }) => [key, runningStates]))
    expect(told).toEqual({ AC75: [1, 2], IM280: [1, 2], VMC850: [1, 2], CH1000: [2], P100: [2] })
  })

  it('tell whether they run and how long they ran', () => {
    for (const { signals } of models) {
      expect(signals.slice(-2).map(({ key, unit }) => `${key} ${unit}`.trim())).toEqual(['run_state', 'run_hours h'])
    }
  })
})
