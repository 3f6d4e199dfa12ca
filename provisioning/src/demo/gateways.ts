import { assets } from './assets.ts'
import { models } from './models.ts'

/** One register as the gateway's Modbus driver reads it; addresses count from 0, as on the wire. */
export interface DemoModbusTag {
  readonly signal: string
  readonly address: number
  readonly type: 'uint16' | 'int16' | 'uint32' | 'float32'
  readonly byteOrder: 'ABCD' | 'CDAB'
  readonly scale: number
}

export type DemoSource =
  | {
      readonly kind: 'modbus-tcp'
      readonly name: string
      readonly units: readonly { readonly unitId: number; readonly assetKey: string }[]
      readonly tags: readonly DemoModbusTag[]
    }
  | {
      /** One server for the site's line of machines; every signal of their models is a node. */
      readonly kind: 'opcua'
      readonly name: string
      readonly assetKeys: readonly string[]
    }
  | {
      /** Devices of one edge node on the plant's own broker; their metrics are named as the signals. */
      readonly kind: 'sparkplug'
      readonly name: string
      readonly group: string
      readonly edgeNode: string
      readonly assetKeys: readonly string[]
    }

export interface DemoGateway {
  readonly key: string
  readonly siteKey: string
  readonly sources: readonly DemoSource[]
}

export interface DemoBinding {
  readonly assetKey: string
  readonly signalKey: string
  /** Null where the machine speaks to the platform itself. */
  readonly gatewayKey: string | null
  readonly driver: 'modbus-tcp' | 'opcua' | 'mqtt' | 'device-mqtt'
  readonly address: string
}

const plain = { byteOrder: 'ABCD', scale: 1 } as const
const float = { type: 'float32', ...plain } as const

/** Holding registers of the AC75's controller. */
export const compressorTags: readonly DemoModbusTag[] = [
  { signal: 'run_state', address: 101, type: 'uint16', ...plain },
  { signal: 'run_hours', address: 102, type: 'uint32', byteOrder: 'CDAB', scale: 1 },
  { signal: 'discharge_pressure', address: 110, type: 'int16', byteOrder: 'ABCD', scale: 0.001 },
  { signal: 'discharge_temperature', address: 112, ...float },
  { signal: 'separator_dp', address: 114, ...float },
  { signal: 'inlet_vacuum', address: 116, ...float },
  { signal: 'dew_point', address: 118, ...float },
  { signal: 'ambient_temperature', address: 120, type: 'int16', byteOrder: 'ABCD', scale: 0.1 },
  { signal: 'current', address: 130, ...float },
  { signal: 'specific_power', address: 132, ...float },
  { signal: 'motor_vibration', address: 140, ...float },
  { signal: 'airend_vibration', address: 142, ...float },
]

const compressors = (assetKeys: readonly string[]): DemoSource => ({
  kind: 'modbus-tcp',
  name: 'compressors',
  units: assetKeys.map((assetKey, index) => ({ unitId: index + 1, assetKey })),
  tags: compressorTags,
})
const controllers = (name: string, assetKeys: readonly string[]): DemoSource => ({ kind: 'opcua', name, assetKeys })
const pumps = (group: string, edgeNode: string, assetKeys: readonly string[]): DemoSource => ({
  kind: 'sparkplug',
  name: 'pumps',
  group,
  edgeNode,
  assetKeys,
})

export const gateways: readonly DemoGateway[] = [
  {
    key: 'GW-LQ-01',
    siteKey: 'dingzhou-linqing',
    sources: [
      compressors(['AC75-2403-0117', 'AC75-2309-0064']),
      controllers('machining-centres', ['VMC850-2107-0031', 'VMC850-2107-0032', 'VMC850-2305-0058']),
    ],
  },
  {
    key: 'GW-LC-01',
    siteKey: 'runchang-liaocheng',
    sources: [pumps('Runchang', 'pumphouse', ['P100-2208-0301', 'P100-2208-0302', 'P100-2208-0303'])],
  },
  {
    key: 'GW-KS-01',
    siteKey: 'hongtuo-kunshan',
    sources: [
      compressors(['AC75-2206-0021']),
      controllers('moulding-machines', ['IM280-2203-0012', 'IM280-2203-0015']),
    ],
  },
  { key: 'GW-SZ-01', siteKey: 'lanke-suzhou', sources: [pumps('Lanke', 'utilities', ['P100-2305-0412'])] },
  {
    key: 'GW-NB-01',
    siteKey: 'xiangyue-ningbo',
    sources: [controllers('moulds-and-moulding', ['IM280-2110-0006', 'VMC850-2209-0044'])],
  },
  {
    key: 'GW-DG-01',
    siteKey: 'qipei-dongguan',
    sources: [compressors(['AC75-2111-0143']), controllers('moulding-machines', ['IM280-2006-0003'])],
  },
]

/** Machines with credentials of their own, over 4G. */
export const directAssetKeys: readonly string[] = ['CH1000-2108-0007', 'CH1000-2108-0009']

/** What a machine measures, in the order of its model. */
export function signalKeysOf(assetKey: string): readonly string[] {
  const modelKey = assets.find(({ key }) => key === assetKey)?.modelKey
  const model = models.find(({ key }) => key === modelKey)
  if (!model) throw new Error(`the demo data has a wire to ${assetKey}, which it does not have`)
  return model.signals.map(({ key }) => key)
}

/** Where a machine's signal lies in the address space of its line's server. */
export const opcuaNodeId = (assetKey: string, signalKey: string) => `nsu=urn:woheng:machines;s=${assetKey}.${signalKey}`

/** Which driver address feeds which signal, as people read it on the machine's file. */
export const bindings: readonly DemoBinding[] = [
  ...gateways.flatMap(({ key, sources }) => sources.flatMap((source) => bindingsOf(key, source))),
  ...directAssetKeys.flatMap((assetKey) =>
    bindEach(assetKey, null, 'device-mqtt', (signal) => `fettle/v1/devices/${assetKey}/telemetry · ${signal}`),
  ),
]

function bindingsOf(gatewayKey: string, source: DemoSource): DemoBinding[] {
  switch (source.kind) {
    case 'modbus-tcp':
      return source.units.flatMap(({ unitId, assetKey }) =>
        source.tags.map((tag) => ({
          assetKey,
          signalKey: tag.signal,
          gatewayKey,
          driver: source.kind,
          address: registerText(unitId, tag),
        })),
      )
    case 'opcua':
      return source.assetKeys.flatMap((assetKey) =>
        bindEach(assetKey, gatewayKey, 'opcua', (signal) => opcuaNodeId(assetKey, signal)),
      )
    case 'sparkplug':
      return source.assetKeys.flatMap((assetKey) =>
        bindEach(assetKey, gatewayKey, 'mqtt', (signal) => `${topicOf(source, assetKey)} · ${signal}`),
      )
    default:
      return source satisfies never
  }
}

function bindEach(
  assetKey: string,
  gatewayKey: string | null,
  driver: DemoBinding['driver'],
  addressOf: (signalKey: string) => string,
): DemoBinding[] {
  return signalKeysOf(assetKey).map((signalKey) => ({
    assetKey,
    signalKey,
    gatewayKey,
    driver,
    address: addressOf(signalKey),
  }))
}

function topicOf({ group, edgeNode }: { readonly group: string; readonly edgeNode: string }, device: string): string {
  return `spBv1.0/${group}/DDATA/${edgeNode}/${device}`
}

/** Manuals number holding registers from 40001. */
function registerText(unitId: number, { address, type, byteOrder, scale }: DemoModbusTag): string {
  const format = type.endsWith('16') ? type : `${type} ${byteOrder}`
  return `unit ${unitId} · ${40_001 + address} ${format}${scale === 1 ? '' : ` × ${scale}`}`
}
