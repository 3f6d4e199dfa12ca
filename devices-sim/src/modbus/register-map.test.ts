import { describe, expect, it } from 'vitest'
import { answerRequest } from './holding-registers.ts'
import { ac75Registers, registerImage, statusBits } from './register-map.ts'

const image = registerImage(ac75Registers, {
  run_state: 2,
  run_hours: 0x0001_86a0,
  discharge_pressure: 0.712,
  ambient_temperature: -5.5,
  current: 137.4,
})

describe('register image', () => {
  it.each([
    ['status bits: powered, running, loaded, remote', 100, [0b10111]],
    ['run state', 101, [2]],
    ['run hours, low word first', 102, [0x86a0, 0x0001]],
    ['pressure in steps of 0.001', 110, [712]],
    ['a negative integer, two’s complement', 120, [0xffff - 54]],
    ['IEEE 754, high word first (137.4 = 0x43096666)', 130, [0x4309, 0x6666]],
  ])('%s', (_, address, expected) => {
    expect(expected.map((_word, i) => image.get(address + i))).toEqual(expected)
  })

  it('says tripped, and neither running nor loaded', () => {
    const word = registerImage(ac75Registers, { run_state: 3 }).get(100)!
    const set = Object.entries(statusBits).filter(([, bit]) => word & (1 << bit))
    expect(set.map(([name]) => name)).toEqual(['poweredOn', 'tripped', 'remoteControl'])
  })

  it('stays at the end of its format when a value is beyond it', () => {
    expect(registerImage(ac75Registers, { discharge_pressure: 1e9 }).get(110)).toBe(0x7fff)
  })

  it('has no two quantities in one register', () => {
    const words = ac75Registers.reduce((sum, { format }) => sum + (format.endsWith('int16') ? 1 : 2), 0)
    expect(image.size).toBe(words)
  })
})

describe('requests', () => {
  const request = (functionCode: number, address: number, count: number) =>
    Buffer.from([functionCode, address >> 8, address & 255, count >> 8, count & 255])

  it.each([
    ['a read of existing registers', request(3, 101, 1), '03020002'],
    ['a read into a gap: illegal address', request(3, 103, 2), '8302'],
    ['a read of 126 registers: illegal value', request(3, 100, 126), '8303'],
    ['a read of 1,000 registers: illegal value', request(3, 100, 1000), '8303'],
    ['a read of none: illegal value', request(3, 100, 0), '8303'],
    ['a request cut short: illegal value', Buffer.from([3, 0]), '8303'],
    ['another function: illegal function', request(4, 100, 1), '8401'],
    ['a write: illegal function', request(6, 100, 1), '8601'],
  ])('%s', (_, bytes, expected) => {
    expect(answerRequest(bytes, image).toString('hex')).toBe(expected)
  })

  it('reads exactly 125 registers when they exist', () => {
    const long = new Map(Array.from({ length: 125 }, (_, address) => [address, address]))
    expect(answerRequest(request(3, 0, 125), long)).toHaveLength(252)
  })
})
