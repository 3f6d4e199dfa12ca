import type { Sample } from '@fettle/devices-sim/replay/sample'
import { seeded } from '../crash/seeded.ts'
import type { Window } from './expected-episodes.ts'
import type { LowLimit } from './threshold.ts'

/** What a data logger in Linqing has written in three days, clock and all: local time, every five minutes. */
export const zone = '+08:00'
const offsetMs = 8 * 3_600_000
const stepMs = 300_000
const stepsPerDay = 288
const days = 3

export const limit: LowLimit = {
  l: 70,
  ll: 50,
  band: 3,
  onDelayMs: 30 * 60_000,
  offDelayMs: 60 * 60_000,
}

/** UTC epoch ms of a local time of the recording; day 1 is the first. */
export const at = (day: number, time: string): number =>
  Date.parse(`2025-03-${String(9 + day).padStart(2, '0')}T${time}:00Z`) - offsetMs

export const plannedStop: Window = { fromMs: at(2, '05:30'), toMs: at(2, '13:00') }

/** What the machine does besides its usual 84–92 °C. */
const events: readonly { from: number; to: number; value: number | null | 'gone' }[] = [
  { from: at(1, '09:00'), to: at(1, '11:00'), value: 61 },
  { from: at(1, '15:00'), to: at(1, '15:15'), value: 60 }, // too short to mean anything
  { from: at(1, '18:00'), to: at(1, '18:10'), value: null },
  { from: plannedStop.fromMs, to: at(2, '12:30'), value: 38 },
  { from: at(2, '21:45'), to: at(2, '22:00'), value: 65 },
  { from: at(2, '22:00'), to: at(2, '23:40'), value: 'gone' }, // nobody knows what it did meanwhile
  { from: at(2, '23:40'), to: at(3, '00:00'), value: 65 },
  { from: at(3, '08:00'), to: at(3, '10:00'), value: 64 },
  { from: at(3, '10:00'), to: at(3, '14:00'), value: 45 },
]

/** An hour that the logger has written twice, with other last digits the second time. */
const repeated = { from: at(2, '17:00'), to: at(2, '18:00') }

export function ownRecording(): Sample[] {
  const random = seeded(20_250_310)
  const samples = Array.from({ length: days * stepsPerDay }, (_, step): Sample[] => {
    const tsMs = at(1, '00:00') + step * stepMs
    const usual = 88 + 3.5 * Math.sin((2 * Math.PI * step) / 60) + random.between([-0.5, 0.5])
    const event = events.find(({ from, to }) => tsMs >= from && tsMs < to)?.value
    return event === 'gone' ? [] : [{ tsMs, values: [event === undefined ? round(usual) : event] }]
  }).flat()
  const after = samples.findIndex(({ tsMs }) => tsMs >= repeated.to)
  const again = samples
    .filter(({ tsMs }) => tsMs >= repeated.from && tsMs < repeated.to)
    .map(({ tsMs, values: [value = null] }) => ({ tsMs, values: [value === null ? null : round(value + 0.25)] }))
  return samples.toSpliced(after, 0, ...again)
}

const round = (value: number) => Math.round(value * 1e6) / 1e6

/** As the logger's file has it. */
export function csvOf(samples: readonly Sample[]): string {
  const rows = samples.map(({ tsMs, values: [value] }) => {
    const local = new Date(tsMs + offsetMs).toISOString()
    return `${local.slice(0, 10)} ${local.slice(11, 19)},${value ?? ''}`
  })
  return ['timestamp,value', ...rows, ''].join('\n')
}
