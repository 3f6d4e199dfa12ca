import type { Values } from '../models/model.ts'

/**
 * How a quantity lies in 16-bit registers. Letters name the bytes from most (A) to least significant (D): CDAB sends the
 * low word first, as many controllers do.
 */
export type RegisterFormat = 'uint16' | 'int16' | 'float32-abcd' | 'uint32-cdab'

export interface Register {
  /** Zero-based protocol address; manuals call it 40001 + address. */
  address: number
  format: RegisterFormat
  /** Signal key, or `status` for the bit field that is made of the run state. */
  key: string
  /** Register value × scale = value in the signal's unit; 1 when absent. */
  scale?: number
}

/** Holding registers of the AC75's controller. Addresses between the entries do not exist: reading them is an error. */
export const ac75Registers: readonly Register[] = [
  { address: 100, format: 'uint16', key: 'status' },
  { address: 101, format: 'uint16', key: 'run_state' },
  { address: 102, format: 'uint32-cdab', key: 'run_hours' },
  { address: 110, format: 'int16', key: 'discharge_pressure', scale: 0.001 },
  { address: 112, format: 'float32-abcd', key: 'discharge_temperature' },
  { address: 114, format: 'float32-abcd', key: 'separator_dp' },
  { address: 116, format: 'float32-abcd', key: 'inlet_vacuum' },
  { address: 118, format: 'float32-abcd', key: 'dew_point' },
  { address: 120, format: 'int16', key: 'ambient_temperature', scale: 0.1 },
  { address: 130, format: 'float32-abcd', key: 'current' },
  { address: 132, format: 'float32-abcd', key: 'specific_power' },
  { address: 140, format: 'float32-abcd', key: 'motor_vibration' },
  { address: 142, format: 'float32-abcd', key: 'airend_vibration' },
]

/** Bits of the register `status`. */
export const statusBits = { poweredOn: 0, running: 1, loaded: 2, tripped: 3, remoteControl: 4 } as const

/** The registers' present contents: address → word. An address that is absent cannot be read. */
export function registerImage(map: readonly Register[], values: Values): ReadonlyMap<number, number> {
  const image = new Map<number, number>()
  for (const register of map) {
    const value = register.key === 'status' ? statusWord(values['run_state'] ?? 0) : (values[register.key] ?? 0)
    words(register, value).forEach((word, offset) => image.set(register.address + offset, word))
  }
  return image
}

function statusWord(runState: number): number {
  const bit = (position: number, set: boolean) => (set ? 1 << position : 0)
  return (
    bit(statusBits.poweredOn, true) |
    bit(statusBits.running, runState === 1 || runState === 2) |
    bit(statusBits.loaded, runState === 2) |
    bit(statusBits.tripped, runState === 3) |
    bit(statusBits.remoteControl, true)
  )
}

/** A value outside the format's range stays at its end, as a controller's register does. */
function words({ format, scale = 1 }: Register, value: number): number[] {
  const raw = value / scale
  const bytes = Buffer.alloc(4)
  switch (format) {
    case 'uint16':
      return [integer(raw, 0, 0xffff)]
    case 'int16':
      return [integer(raw, -0x8000, 0x7fff) & 0xffff]
    case 'float32-abcd':
      bytes.writeFloatBE(raw)
      return [bytes.readUInt16BE(0), bytes.readUInt16BE(2)]
    case 'uint32-cdab':
      bytes.writeUInt32BE(integer(raw, 0, 0xffff_ffff))
      return [bytes.readUInt16BE(2), bytes.readUInt16BE(0)]
  }
}

function integer(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)))
}
