import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import type { Complaint } from '../../driver.ts'
import { isBitArea, lengthOf, tagTypePattern } from './decode.ts'

const strict = { additionalProperties: false }

const ModbusTag = Type.Object(
  {
    signal: Key,
    device: Type.Optional(Key),
    area: Type.Enum(['holding', 'input', 'coil', 'discrete'], { default: 'holding' }),
    address: Type.Integer({ minimum: 0, maximum: 65_535, description: 'from 0, as on the wire: 40001 is holding 0' }),
    type: Type.String({ pattern: tagTypePattern, default: 'uint16' }),
    byteOrder: Type.Enum(['ABCD', 'BADC', 'CDAB', 'DCBA'], { default: 'ABCD' }),
    scale: Type.Number({ default: 1, description: 'value = raw × scale + offset' }),
    offset: Type.Number({ default: 0 }),
    invalid: Type.Array(Type.Number(), { default: [], description: 'raw numbers that mean "no value"' }),
  },
  strict,
)
export type ModbusTag = Static<typeof ModbusTag>

const ModbusUnit = Type.Object(
  {
    unitId: Type.Integer({ minimum: 0, maximum: 255 }),
    device: Type.Optional(Key),
    pollMs: Type.Optional(Type.Integer({ minimum: 20, maximum: 3_600_000 })),
    tags: Type.Array(ModbusTag, { minItems: 1 }),
  },
  strict,
)
export type ModbusUnit = Static<typeof ModbusUnit>

/** One bus: everything behind one TCP endpoint, read one request at a time. */
export const ModbusSource = Type.Object(
  {
    endpoint: Type.Object(
      { host: Type.String({ minLength: 1 }), port: Type.Integer({ minimum: 1, maximum: 65_535, default: 502 }) },
      strict,
    ),
    pollMs: Type.Integer({ minimum: 20, maximum: 3_600_000, default: 1_000 }),
    timeoutMs: Type.Integer({ minimum: 20, maximum: 60_000, default: 1_000 }),
    units: Type.Array(ModbusUnit, { minItems: 1 }),
  },
  strict,
)
export type ModbusSource = Static<typeof ModbusSource>

/** What the schema cannot say: types that do not fit their area, spans beyond the last register, things named twice. */
export function checkModbusSource({ units }: ModbusSource): Complaint[] {
  const complaints: Complaint[] = []
  const unitIds = new Set<number>()
  const signals = new Set<string>()
  for (const [u, unit] of units.entries()) {
    if (unitIds.has(unit.unitId))
      complaints.push({ path: `units/${u}/unitId`, message: `unit ${unit.unitId} is listed twice` })
    unitIds.add(unit.unitId)
    for (const [t, tag] of unit.tags.entries()) {
      const path = `units/${u}/tags/${t}`
      const device = tag.device ?? unit.device
      if (device === undefined) complaints.push({ path, message: 'needs a device, here or on its unit' })
      const name = `${device}/${tag.signal}`
      if (signals.has(name)) complaints.push({ path, message: `${name} is fed twice` })
      signals.add(name)
      if (isBitArea(tag.area) && tag.type !== 'bool') {
        complaints.push({
          path: `${path}/type`,
          message: `a ${tag.area} is a single bit: its type is bool, not ${tag.type}`,
        })
      } else if (tag.address + lengthOf(tag) > 65_536) {
        complaints.push({
          path: `${path}/address`,
          message: `${tag.type} at ${tag.address} ends beyond register 65535`,
        })
      }
    }
  }
  return complaints
}
