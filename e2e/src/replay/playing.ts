import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createModbusOutlet } from '@fettle/devices-sim/replay/modbus-outlet'
import { createMqttOutlet, telemetryTopicOf } from '@fettle/devices-sim/replay/mqtt-outlet'
import { createOpcUaOutlet } from '@fettle/devices-sim/replay/opcua-outlet'
import type { ReplayOutlet } from '@fettle/devices-sim/replay/outlet'
import type { Sample } from '@fettle/devices-sim/replay/sample'
import { loadGatewayConfig } from '@fettle/gateway/config'
import { createGateway, type Gateway } from '@fettle/gateway/gateway'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { tempFolder } from '@fettle/testing/temp-folder'
import type { Hall } from './recorded-machines.ts'
import { signalKey } from './threshold.ts'

export const protocols = ['modbus', 'opcua', 'mqtt'] as const
export type Protocol = (typeof protocols)[number]

/** A recording's server with what reads it for the platform: a real gateway, or over MQTT the platform itself. */
export interface Playing {
  /** Resolves when all of them were read, and so are safe. */
  step(samples: readonly Sample[]): Promise<void>
  stop(): Promise<void>
}

export interface PlayingOptions {
  hall: Hall
  over: Protocol
  device: string
  /** Another machine that is fed from the same values; not over MQTT. */
  twin?: string
  /** Shown before the first step. */
  first: Sample
}

const never = new AbortController().signal
const logger = createLogger({ name: 'replay', level: 'silent' })

export async function startPlaying({ hall, over, device, twin, first }: PlayingOptions): Promise<Playing> {
  const folder = await tempFolder('playing')
  const outlet = createOutlet(hall, over, device, folder.path)
  let gateway: Gateway | undefined
  const stop = async () => {
    await gateway?.stop()
    await outlet.close()
    await folder.remove()
  }
  try {
    const { source } = await outlet.open(first)
    if (source !== undefined) {
      const file = path.join(folder.path, 'gateway.yaml')
      await writeFile(file, gatewayFile(hall, twin === undefined ? source : withTwin(source, over, twin)))
      gateway = createGateway(loadGatewayConfig(file, {}), {
        logger,
        clock: systemClock,
        dataDir: path.join(folder.path, 'gateway'),
      })
      await gateway.start()
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { step: (samples) => outlet.step(samples, () => {}, never), stop }
}

function createOutlet({ instance, machine }: Hall, over: Protocol, device: string, folder: string): ReplayOutlet {
  const common = { device, signals: [signalKey], host: '127.0.0.1', port: 0, logger }
  switch (over) {
    case 'modbus':
      return createModbusOutlet(common)
    case 'opcua':
      return createOpcUaOutlet({ ...common, pkiFolder: path.join(folder, 'pki') })
    case 'mqtt': {
      const account = { username: device, password: machine(device).secret }
      return createMqttOutlet({ ...common, url: instance.mqttUrl, topic: telemetryTopicOf(device), ...account })
    }
    default:
      return over satisfies never
  }
}

/** A gateway's configuration file with the source that the replay has printed. */
function gatewayFile({ instance, gateway }: Hall, source: string): string {
  const { key, secret } = gateway
  return [
    `gateway: ${key}`,
    `platform: { url: '${instance.mqttUrl}', password: '${secret}' }`,
    'sources:',
    source,
    '',
  ].join('\n')
}

/** The last line of a source is its one tag. */
function withTwin(source: string, over: Protocol, twin: string): string {
  const tag = source.split('\n').at(-1) ?? ''
  const added =
    over === 'modbus' ? tag.replace('{ ', `{ device: ${twin}, `) : `    - device: ${twin}\n      tags:\n${tag}`
  return `${source}\n${added}`
}
