import { Key } from '@fettle/contracts/scalars'
import { Type, type Static } from 'typebox'
import type { Complaint } from '../../driver.ts'
import { isBitArea, lengthOf, tagTypePattern } from './decode.ts'
import { maxBlockLength, spanOf } from './plan.ts'

const strict = { additionalProperties: false }

const ByteOrder = Type.Enum(['ABCD', 'BADC', 'CDAB', 'DCBA'], { default: 'ABCD' })

const ModbusTimeFrom = Type.Object(
  {
    area: Type.Enum(['holding', 'input'], { default: 'holding' }),
    address: Type.Integer({ minimum: 0, maximum: 65_535 }),
    type: Type.Enum(['uint64', 'uint32', 'float64'], { default: 'uint64' }),
    byteOrder: ByteOrder,
    unit: Type.Enum(['s', 'ms'], { default: 'ms', description: 'since 1970, UTC' }),
  },
  { ...strict, description: 'registers that hold the time of the values, read in the same request' },
)
export type ModbusTimeFrom = Static<typeof ModbusTimeFrom>

const ModbusTag = Type.Object(
  {
    signal: Key,
    device: Type.Optional(Key),
    area: Type.Enum(['holding', 'input', 'coil', 'discrete'], { default: 'holding' }),
    address: Type.Integer({ minimum: 0, maximum: 65_535, description: 'from 0, as on the wire: 40001 is holding 0' }),
    type: Type.String({ pattern: tagTypePattern, default: 'uint16' }),
    byteOrder: ByteOrder,
    scale: Type.Number({ default: 1, description: 'value = raw × scale + offset' }),
    offset: Type.Number({ default: 0 }),
    invalid: Type.Array(Type.Number(), { default: [], description: 'raw numbers that mean "no value"' }),
  },
  strict,
)
export type ModbusTag = Static<typeof ModbusTag>

/** A recording that is stepped by being read wants to be read as fast as the bus goes. */
const pollRange = { minimum: 1, maximum: 3_600_000 }

const ModbusUnit = Type.Object(
  {
    unitId: Type.Integer({ minimum: 0, maximum: 255 }),
    device: Type.Optional(Key),
    pollMs: Type.Optional(Type.Integer(pollRange)),
    timeFrom: Type.Optional(ModbusTimeFrom),
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
    pollMs: Type.Integer({ ...pollRange, default: 1_000 }),
    timeoutMs: Type.Integer({ minimum: 20, maximum: 60_000, default: 1_000 }),
    timeFrom: Type.Optional(ModbusTimeFrom),
    units: Type.Array(ModbusUnit, { minItems: 1 }),
  },
  strict,
)
export type ModbusSource = Static<typeof ModbusSource>

/** What the schema cannot say: types that do not fit their area, spans beyond the last register, things named twice. */
export function checkModbusSource({ units, timeFrom }: ModbusSource): Complaint[] {
  const complaints: Complaint[] = []
  const unitIds = new Set<number>()
  const signals = new Set<string>()
  for (const [u, unit] of units.entries()) {
    if (unitIds.has(unit.unitId))
      complaints.push({ path: `units/${u}/unitId`, message: `unit ${unit.unitId} is listed twice` })
    unitIds.add(unit.unitId)
    const unitTimeFrom = unit.timeFrom ?? timeFrom
    if (unitTimeFrom) complaints.push(...timeComplaints(unitTimeFrom, unit.tags, `units/${u}`))
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

/**
 * Values and their time have to come in one request: a device may put down the next sample between two, and then a value
 * would get the time of its neighbour.
 */
function timeComplaints(timeFrom: ModbusTimeFrom, tags: ModbusTag[], unitPath: string): Complaint[] {
  const { area, address, type, unit } = timeFrom
  const complaints: Complaint[] = []
  const complain = (at: string, message: string) => complaints.push({ path: `${unitPath}/${at}`, message })

  const anchor = { address, length: lengthOf(timeFrom) }
  if (address + anchor.length > 65_536) complain('timeFrom', `${type} at ${address} ends beyond register 65535`)
  if (type === 'uint32' && unit === 'ms') {
    complain('timeFrom', 'a uint32 of ms ends in February 1970: its unit is s, or its type has 64 bits')
  }
  const elsewhere = tags.findIndex((tag) => tag.area !== area)
  if (elsewhere !== -1) {
    complain(`tags/${elsewhere}/area`, `must be ${area} like timeFrom: values and their time come in one request`)
    return complaints
  }
  const whole = spanOf([anchor, ...tags.map((tag) => ({ address: tag.address, length: lengthOf(tag) }))])
  if (whole.length > maxBlockLength[area]) {
    const range = `${whole.address}–${whole.address + whole.length - 1}`
    complain(
      'timeFrom',
      `the tags and their time span ${whole.length} registers (${range}), but have to come in one request, which takes ` +
        `${maxBlockLength[area]}: read in two, values and time could belong to different samples`,
    )
  }
  return complaints
}
