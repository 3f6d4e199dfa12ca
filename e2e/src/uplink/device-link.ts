import { telemetryTopic } from '@fettle/contracts/uplink'
import type { MqttSession } from '@fettle/gateway/mqtt-session'
import { keepConnected, type ConnectionOptions } from './keep-connected.ts'

/** Everything that a machine measured at one moment. */
export interface Sample {
  /** UTC epoch ms. */
  readonly ts: number
  /** By signal key. */
  readonly values: Readonly<Record<string, number>>
}

export interface DeviceLinkOptions extends Omit<ConnectionOptions, 'username' | 'onMessage'> {
  deviceKey: string
  /** Told of each sample once, when its PUBACK arrived. */
  onAcknowledged: (sample: Sample) => void
}

export interface DeviceLink {
  offer(sample: Sample): void
  /** Samples that are not acknowledged. */
  pending(): number
  run(signal: AbortSignal): Promise<void>
}

/** Messages under way at a time. */
const window = 32
/** After an outage there is more than one sample to a message. */
const samplesPerMessage = 20

/**
 * A device that keeps every sample until it is acknowledged, and begins each connection with the oldest that is not. So after
 * a crash it sends again what may have arrived, and never again what was acknowledged.
 */
export function createDeviceLink({ deviceKey, onAcknowledged, ...connection }: DeviceLinkOptions): DeviceLink {
  let waiting: Sample[] = []
  let underWay: Sample[][] = []
  let pump = () => {}

  async function use({ client }: MqttSession): Promise<() => void> {
    let open = true
    pump = () => {
      while (open && underWay.length < window && waiting.length > 0) {
        const samples = waiting.splice(0, samplesPerMessage)
        underWay.push(samples)
        client.publish(telemetryTopic(deviceKey), payloadOf(samples), { qos: 1 }, (error) => {
          if (error || !open) return // said too late: these go again
          underWay = underWay.filter((other) => other !== samples)
          for (const sample of samples) onAcknowledged(sample)
          pump()
        })
      }
    }
    pump()
    return () => {
      open = false
      pump = () => {}
      waiting = [...underWay.flat(), ...waiting]
      underWay = []
    }
  }

  return {
    offer(sample) {
      waiting.push(sample)
      pump()
    },
    pending: () => waiting.length + underWay.flat().length,
    run: (signal) => keepConnected({ username: deviceKey, ...connection }, use, signal),
  }
}

function payloadOf(samples: readonly Sample[]): string {
  return JSON.stringify(samples.length === 1 ? samples[0] : samples)
}
