import { every } from '@fettle/platform/every'
import { createLedger, type Ledger } from '../crash/ledger.ts'
import { createDeviceLink } from '../uplink/device-link.ts'
import { signalKeys } from '../works/machine-model.ts'
import type { MachineOfWorks } from '../works/machines.ts'

/** A machine that does everything right, ten times a second, whatever the others do. */
export interface SteadyDevice {
  readonly ledger: Ledger
  /** Resolves when it measured some more and everything so far is acknowledged. */
  flows(): Promise<void>
  /** Resolves when all that it measured is acknowledged. */
  stop(): Promise<void>
}

const tickMs = 100

export function startSteadyDevice(machine: MachineOfWorks, url: () => string, password: string): SteadyDevice {
  const ledger = createLedger({ startMs: Date.now(), tickMs })
  const stopping = new AbortController()
  const measuring = new AbortController()
  let isDone = () => {}
  const link = createDeviceLink({
    url,
    deviceKey: machine.key,
    password,
    onAcknowledged: () => {
      ledger.acknowledged(signalKeys.length)
      if (link.pending() === 0) isDone()
    },
  })
  const connected = link.run(stopping.signal)

  async function measure(): Promise<void> {
    for await (const _ of every(tickMs, measuring.signal)) {
      const ts = ledger.startMs + ledger.ticks() * tickMs
      const values = Object.fromEntries(signalKeys.map((key, index) => [key, index + (ledger.ticks() % 10) / 100]))
      for (const [key, value] of Object.entries(values)) ledger.measured(machine.signalIds.get(key) ?? '', value)
      ledger.endTick()
      link.offer({ ts, values })
    }
  }
  const measured = measure()

  return {
    ledger,
    flows: () => ledger.afterTicks(2),
    async stop() {
      measuring.abort()
      await measured
      if (link.pending() > 0) await new Promise<void>((resolve) => (isDone = resolve))
      stopping.abort()
      await connected
    },
  }
}
