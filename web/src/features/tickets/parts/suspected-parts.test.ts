import { expect, it } from 'vitest'
import { suspectedFirst, suspectedParts } from './suspected-parts.ts'

const part = (partCode: string) => ({ partCode, quantity: '1', optional: false })
const modes = [
  { key: 'AC-01', parts: [part('A1')] },
  { key: 'AC-05', parts: [part('A5'), part('A9')] },
]

it('shows first what the suspected failure takes, the rest as it lay', () => {
  const lines = ['A1', 'A2', 'A5', 'A7', 'A9'].map((partCode) => ({ partCode }))
  const order = suspectedFirst(lines, suspectedParts(modes, 'AC-05')).map(({ partCode }) => partCode)
  expect(order).toEqual(['A5', 'A9', 'A1', 'A2', 'A7'])
})

it.each([null, 'AC-99'])('suspects nothing of %s', (key) => expect(suspectedParts(modes, key).size).toBe(0))
