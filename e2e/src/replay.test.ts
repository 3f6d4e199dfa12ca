import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { getHistory } from '@fettle/contracts/telemetry'
import { openRecording } from '@fettle/devices-sim/replay/recording'
import type { Sample } from '@fettle/devices-sim/replay/sample'
import { eventually } from '@fettle/testing/eventually'
import { tempFolder } from '@fettle/testing/temp-folder'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInstance, type Instance } from './instance.ts'
import { at, csvOf, limit, ownRecording, plannedStop, zone } from './replay/own-recording.ts'
import { protocols, startPlaying, type Protocol } from './replay/playing.ts'
import { furnishHall, type Hall } from './replay/recorded-machines.ts'
import { alarmLine, alarmsOf, ticketLine, ticketsOf } from './replay/told.ts'
import { settled, watchReplay, type Outcome } from './replay/watched-replay.ts'

/** Each is played twice; over Modbus and OPC UA the first has a twin for which nothing was planned. */
const machineOf = (over: Protocol, run: number) => `${over}-${run}`
const twinOf = (over: Protocol) => `${over}-unplanned`
const latecomer = 'latecomer'

let instance: Instance
let hall: Hall
let samples: Sample[]

beforeAll(async () => {
  instance = await startInstance({ demo: false, web: false })
  const planned = protocols.flatMap((over) => [machineOf(over, 1), machineOf(over, 2)])
  hall = await furnishHall(instance, {
    limit,
    machines: {
      ...Object.fromEntries(planned.map((key) => [key, [plannedStop]])),
      ...Object.fromEntries(protocols.map((over) => [twinOf(over), []])),
      [latecomer]: [],
    },
  })
  samples = await readOwnRecording()
})
afterAll(() => instance?.stop())

/** From a file, as people have recordings. */
async function readOwnRecording(): Promise<Sample[]> {
  await using folder = await tempFolder('recording')
  const file = path.join(folder.path, 'three-days.csv')
  await writeFile(file, csvOf(ownRecording()))
  const read: Sample[] = []
  for await (const sample of (await openRecording({ file, zone })).samples()) read.push(sample)
  return read
}

it('the file says what the machine did', () => expect(samples).toEqual(ownRecording()))

const low = { priority: 'high', source: 'alarm', late: false }
const mustBe: Outcome = {
  alarms: [
    alarmLine({ raisedAt: at(1, '09:30'), clearedAt: at(1, '12:00'), peakLevel: 'low', peakValue: 61, late: false }),
    alarmLine({
      raisedAt: at(3, '08:30'),
      clearedAt: at(3, '15:00'),
      peakLevel: 'low-low',
      peakValue: 45,
      late: false,
    }),
  ],
  tickets: [
    ticketLine({ occurredMs: at(1, '09:30'), ...low }),
    ticketLine({ occurredMs: at(3, '08:30'), ...low, priority: 'urgent' }),
  ],
}
const ofPlannedStop = ticketLine({ occurredMs: at(2, '06:00'), ...low, priority: 'urgent' })

describe.each(protocols)('three days stepped over %s', (over) => {
  const outcomes: Outcome[] = []

  it.each([1, 2])('have the tickets of their event times, and no others (run %i)', async (run) => {
    const machine = { key: machineOf(over, run), windows: [plannedStop] }
    const twin = { key: twinOf(over), windows: [] }
    const withTwin = run === 1 && over !== 'mqtt' ? { twin } : {}
    const [planned, unplanned] = await watchReplay({ hall, over, machine, samples, limit, ...withTwin })
    expect(planned).toEqual(mustBe)
    if (unplanned) expect(unplanned.tickets).toEqual([...mustBe.tickets, ofPlannedStop].sort())
    if (planned) outcomes.push(planned)
  })

  it('are the same both times', () => {
    expect(outcomes).toHaveLength(2)
    expect(outcomes[1]).toEqual(outcomes[0])
  })

  it.each([1, 2])('are in the history to the last digit (run %i)', async (run) => {
    const { signalId } = hall.machine(machineOf(over, run))
    const recorded = new Map(samples.map(({ tsMs, values: [value = null] }) => [tsMs, value]))
    const stored = new Map<number, number | null>()
    for (let day = 0; day < 4; day++) {
      const from = at(1, '00:00') + day * 86_400_000
      // Not the end of the connection, which is one millisecond after the last sample or later.
      const to = Math.min(from + 86_400_000, (samples.at(-1)?.tsMs ?? 0) + 1)
      if (to <= from) continue
      const querystring = { from, to, buckets: 1_000 }
      const { times, mean } = await hall.desk(getHistory, { params: { signalId }, querystring })
      for (const [index, time] of times.entries()) stored.set(time, mean[index] ?? null)
    }
    expect(stored).toEqual(recorded)
  })
})

it('a trip in what comes days later opens its ticket, late', async () => {
  const { assetId } = hall.machine(latecomer)
  const isToday = ({ tsMs }: Sample) => tsMs >= at(3, '00:00') && tsMs < at(3, '07:00')
  const today = samples.filter(isToday)
  const first = today[0]
  if (!first) throw new Error('the recording has no third day')
  const playing = await startPlaying({ hall, over: 'modbus', device: latecomer, first })
  try {
    await playing.step(today)
    await settled(hall)
    await playing.step(samples.filter(({ tsMs }) => tsMs < at(1, '14:00')))
    const late = { late: true }
    const raised = { raisedAt: at(1, '09:30'), clearedAt: at(1, '12:00'), peakLevel: 'low', peakValue: 61, ...late }
    await eventually(
      async () => {
        expect(await alarmsOf(hall.desk, assetId)).toEqual([alarmLine(raised)])
        expect(await ticketsOf(hall.desk, assetId)).toEqual([
          ticketLine({ occurredMs: at(1, '09:30'), ...low, ...late }),
        ])
        return true
      },
      { what: 'the late ticket', timeoutMs: 30_000 },
    )
  } finally {
    await playing.stop()
  }
})
