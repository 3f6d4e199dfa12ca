import type { SimulatedMachine } from '../machine.ts'
import type { SignalSpec } from '../models/model.ts'
import { decodePayload, encodePayload, type Metric } from './payload.ts'

export interface SparkplugMessage {
  topic: string
  payload: Buffer
}

/** One MQTT session of an edge node, from its NBIRTH to its NDEATH (Sparkplug 3.0, chapters 5 and 6). */
export interface EdgeSession {
  /** For the broker, to be told when the session breaks. */
  readonly will: SparkplugMessage
  readonly commandTopic: string
  /** Everything anew: NBIRTH, and a DBIRTH for each device that can be reached. */
  births(at: number): SparkplugMessage[]
  /**
   * What a device has to say since the last time: a DBIRTH or DDEATH when it came or went, else a DDATA with the metrics
   * that have changed, else nothing.
   */
  follow(machine: SimulatedMachine, at: number): SparkplugMessage[]
}

export interface EdgeSessionOptions {
  group: string
  edgeNode: string
  /** Number of the session, 0 to 255. */
  bdSeq: number
  machines: readonly SimulatedMachine[]
}

const rebirth = 'Node Control/Rebirth'

export function createEdgeSession({ group, edgeNode, bdSeq, machines }: EdgeSessionOptions): EdgeSession {
  const devices = new Map(machines.map((machine, index) => [machine, createDevice(machine, index)]))
  const topicOf = (type: string, device?: string) =>
    ['spBv1.0', group, type, edgeNode, ...(device === undefined ? [] : [device])].join('/')
  let seq = 0

  /** Every message but the NDEATH carries the next number. */
  function next(type: string, at: number, metrics: Metric[], device?: string): SparkplugMessage {
    const payload = Buffer.from(encodePayload({ timestamp: at, metrics, seq }))
    seq = (seq + 1) % 256
    return { topic: topicOf(type, device), payload }
  }

  function follow(machine: SimulatedMachine, at: number): SparkplugMessage[] {
    const device = devices.get(machine)
    if (!device) return []
    const { deviceKey } = machine
    if (!machine.isOnline()) {
      return device.die() ? [next('DDEATH', at, [], deviceKey)] : []
    }
    if (!device.isBorn()) return [next('DBIRTH', at, device.birth(at), deviceKey)]
    const changed = device.changes(at)
    return changed.length > 0 ? [next('DDATA', at, changed, deviceKey)] : []
  }

  return {
    will: {
      topic: topicOf('NDEATH'),
      payload: Buffer.from(encodePayload({ metrics: [{ name: 'bdSeq', type: 'Int64', value: bdSeq }] })),
    },
    commandTopic: topicOf('NCMD'),
    births(at) {
      seq = 0
      for (const device of devices.values()) device.die()
      const own: Metric[] = [
        { name: 'bdSeq', type: 'Int64', value: bdSeq, timestamp: at },
        { name: rebirth, type: 'Boolean', value: false, timestamp: at },
      ]
      return [next('NBIRTH', at, own), ...machines.flatMap((machine) => follow(machine, at))]
    },
    follow,
  }
}

/** True for a command that asks for all births again; false for any other, also one that cannot be read. */
export function asksForRebirth(payload: Uint8Array): boolean {
  try {
    return (decodePayload(payload).metrics ?? []).some(({ name, value }) => name === rebirth && value === true)
  } catch {
    return false
  }
}

/** A machine as the session has told of it: `told` holds what was last said, and is absent before its birth. */
function createDevice(machine: SimulatedMachine, index: number) {
  const aliasOf = new Map(machine.signals.map(({ key }, i) => [key, 100 * (index + 1) + i]))
  let told: Map<string, number> | undefined

  return {
    isBorn: () => told !== undefined,
    /** False when it was not alive. */
    die() {
      const lived = told !== undefined
      told = undefined
      return lived
    },
    birth(at: number): Metric[] {
      const values = machine.values()
      told = new Map(Object.entries(values))
      return machine.signals.map((signal) => ({
        name: signal.key,
        alias: aliasOf.get(signal.key) ?? null,
        timestamp: at,
        type: typeOf(signal),
        value: values[signal.key] ?? null,
        properties: { engUnit: { type: 'String', value: signal.unit } },
      }))
    },
    changes(at: number): Metric[] {
      const values = machine.values()
      const changed = machine.signals.filter(({ key }) => told?.get(key) !== values[key])
      return changed.map((signal) => {
        const value = values[signal.key] ?? 0
        told?.set(signal.key, value)
        return { alias: aliasOf.get(signal.key) ?? null, timestamp: at, type: typeOf(signal), value }
      })
    },
  }
}

function typeOf({ key }: SignalSpec): Metric['type'] {
  if (key === 'run_state') return 'Int32'
  return key === 'run_hours' ? 'UInt32' : 'Double'
}
