import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRowCounter } from './row-counter.ts'

const file = '\uFEFF工单号,标题\r\nYJ-1,"漏油, ""严重"""\r\nYJ-2,"两\r\n行"\r\nYJ-3,异响\r\n'

it('counts rows, not lines, wherever the bytes are cut', () => {
  const bytes = new TextEncoder().encode(file)
  const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 6 })
  fc.assert(
    fc.property(cuts, (places) => {
      const counter = createRowCounter()
      const edges = [0, ...places.toSorted((a, b) => a - b), bytes.length]
      for (const [at, edge] of edges.entries()) counter.take(bytes.subarray(edge, edges[at + 1] ?? edge))
      expect(counter.rows()).toBe(3)
    }),
  )
})

it('an empty list has no row, and neither has a file that has not begun', () => {
  const counter = createRowCounter()
  expect(counter.rows()).toBe(0)
  counter.take(new TextEncoder().encode('\uFEFF工单号,标题\r\n'))
  expect(counter.rows()).toBe(0)
})
