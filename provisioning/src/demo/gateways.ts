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
      readonly kind: 'mqtt'
      readonly name: string
      /** Filter in which `{deviceKey}` stands for one level. */
      readonly topic: string
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
  readonly driver: 'modbus-tcp' | 'mqtt' | 'device-mqtt'
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

/** Fields of the pumps' JSON are named as their signals. */
export const pumpFields: readonly string[] = [
  'flow',
  'outlet_pressure',
  'inlet_pressure',
  'current',
  'vibration',
  'kurtosis',
  'bearing_temperature',
  'seal_leak',
  'run_state',
  'run_hours',
]

const compressors = (name: string, assetKeys: readonly string[]): DemoSource => ({
  kind: 'modbus-tcp',
  name,
  units: assetKeys.map((assetKey, index) => ({ unitId: index + 1, assetKey })),
  tags: compressorTags,
})

export const gateways: readonly DemoGateway[] = [
  {
    key: 'GW-LQ-01',
    siteKey: 'dingzhou-linqing',
    sources: [compressors('compressors', ['AC75-2403-0117', 'AC75-2309-0064'])],
  },
  { key: 'GW-KS-01', siteKey: 'hongtuo-kunshan', sources: [compressors('compressors', ['AC75-2206-0021'])] },
  { key: 'GW-DG-01', siteKey: 'qipei-dongguan', sources: [compressors('compressors', ['AC75-2111-0143'])] },
  {
    key: 'GW-LC-01',
    siteKey: 'runchang-liaocheng',
    sources: [
      {
        kind: 'mqtt',
        name: 'pumps',
        topic: 'plant/pumps/{deviceKey}/telemetry',
        assetKeys: ['P100-2208-0301', 'P100-2208-0302', 'P100-2208-0303'],
      },
    ],
  },
]

/** Machines with credentials of their own. */
export const directAssetKeys: readonly string[] = ['P100-2305-0412']

/** Which driver address feeds which signal, as people read it on the machine's file. */
export const bindings: readonly DemoBinding[] = [
  ...gateways.flatMap(({ key, sources }) => sources.flatMap((source) => bindingsOf(key, source))),
  ...directAssetKeys.flatMap((assetKey) =>
    pumpFields.map((signalKey) => ({
      assetKey,
      signalKey,
      gatewayKey: null,
      driver: 'device-mqtt' as const,
      address: `fettle/v1/devices/${assetKey}/telemetry · ${signalKey}`,
    })),
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
    case 'mqtt':
      return source.assetKeys.flatMap((assetKey) =>
        pumpFields.map((signalKey) => ({
          assetKey,
          signalKey,
          gatewayKey,
          driver: source.kind,
          address: `${source.topic.replace('{deviceKey}', assetKey)} · ${signalKey}`,
        })),
      )
    default:
      return source satisfies never
  }
}

/** Manuals number holding registers from 40001. */
function registerText(unitId: number, { address, type, byteOrder, scale }: DemoModbusTag): string {
  const format = type.endsWith('16') ? type : `${type} ${byteOrder}`
  return `unit ${unitId} · ${40_001 + address} ${format}${scale === 1 ? '' : ` × ${scale}`}`
}
