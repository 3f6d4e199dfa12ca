import { setMaxListeners } from 'node:events'
import type { WireReading } from '@fettle/contracts/uplink'
import { every } from '@fettle/platform/every'
import { createDeviceLink, type Sample } from '../uplink/device-link.ts'
import { createGatewayLink } from '../uplink/gateway-link.ts'
import { plainSignalKeys, signalKeys, watchedSignals } from '../works/machine-model.ts'
import type { MachineOfWorks } from '../works/machines.ts'
import type { Works } from '../works/works.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { plainSignal, watchedSignal, type MeasuredSignal } from './measured-signal.ts'
import type { Seeded } from './seeded.ts'

export interface Fleet {
  readonly ledger: Ledger
  /** Answers that must not have come. */
  readonly complaints: readonly string[]
  /** Measures and sends until the signal aborts. */
  run(signal: AbortSignal): Promise<void>
  /** Lets every excursion end, and resolves when the machines have been calm for so many ticks; then nothing more is measured. */
  comeToRest(ticks: number): Promise<void>
  /** Messages and batches that are not acknowledged. */
  pending(): number
}

const tickMs = 100

/** The machines of the works: each measures all its signals ten times a second and sends them its way. */
export function createFleet(works: Works, random: Seeded, url: () => string): Fleet {
  const ledger = createLedger({ startMs: Date.now(), tickMs })
  const complaints: string[] = []
  const signalsOf = new Map(works.machines.map((machine) => [machine.key, measuredSignals(machine, random)]))
  const readingsOfMachine = signalKeys.length
  const devices = works.directMachines.map((machine) => ({
    machine,
    link: createDeviceLink({
      url,
      deviceKey: machine.key,
      password: works.secretOf(machine.key),
      onAcknowledged: () => ledger.acknowledged(readingsOfMachine),
    }),
  }))
  const gateway = createGatewayLink({
    url,
    gatewayKey: works.gatewayKey,
    password: works.secretOf(works.gatewayKey),
    bootId: 'boot-1',
    onAcknowledged: () => ledger.acknowledged(readingsOfMachine * works.gatewayMachines.length),
    onComplaint: (sentence) => void complaints.push(sentence),
  })
  let lastTick = Infinity
  let restful = () => {}

  function measure(machine: MachineOfWorks, ts: number): Sample {
    const values = Object.fromEntries(
      [...(signalsOf.get(machine.key) ?? [])].map(([key, signal]) => {
        const value = signal.next()
        ledger.measured(machine.signalIds.get(key) ?? '', value)
        return [key, value]
      }),
    )
    return { ts, values }
  }

  function tick(): void {
    const ts = ledger.startMs + ledger.ticks() * tickMs
    for (const { machine, link } of devices) link.offer(measure(machine, ts))
    gateway.offer(works.gatewayMachines.flatMap((machine) => readingsOf(machine, measure(machine, ts))))
    ledger.endTick()
    if (ledger.ticks() === lastTick) restful()
  }

  async function keepMeasuring(signal: AbortSignal): Promise<void> {
    for await (const _ of every(tickMs, signal)) {
      // What a busy machine was late for is made up: event times have no holes.
      while (ledger.startMs + ledger.ticks() * tickMs <= Date.now() && ledger.ticks() < lastTick) tick()
    }
  }

  return {
    ledger,
    complaints,
    async run(signal) {
      setMaxListeners(0, signal) // every link listens to it
      await Promise.all([keepMeasuring(signal), gateway.run(signal), ...devices.map(({ link }) => link.run(signal))])
    },
    async comeToRest(ticks) {
      for (const signals of signalsOf.values()) for (const signal of signals.values()) signal.calm()
      await new Promise<void>((resolve) => {
        restful = resolve
        lastTick = ledger.ticks() + ticks
      })
    },
    pending: () => gateway.pending() + devices.reduce((sum, { link }) => sum + link.pending(), 0),
  }
}

function measuredSignals({ key }: MachineOfWorks, random: Seeded): ReadonlyMap<string, MeasuredSignal> {
  const own = (signalKey: string) => random.branch(`${key} ${signalKey}`)
  return new Map([
    ...watchedSignals.map((watched) => [watched.key, watchedSignal(watched, own(watched.key))] as const),
    ...plainSignalKeys.map((signalKey) => [signalKey, plainSignal(own(signalKey))] as const),
  ])
}

function readingsOf({ key }: MachineOfWorks, { ts, values }: Sample): WireReading[] {
  return Object.entries(values).map(([signalKey, value]) => [key, signalKey, ts, value, 0])
}
