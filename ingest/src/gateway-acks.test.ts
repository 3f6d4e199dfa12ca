import fc from 'fast-check'
import { expect, it } from 'vitest'
import { acknowledgedBatches, gatewayAcks } from './gateway-acks.ts'

const unreadable = undefined
type Step = number | typeof unreadable

function seqs(...steps: Step[]) {
  const acks = gatewayAcks()
  return steps.map((seq) => acks.answer(seq === undefined ? undefined : { bootId: 'b', seq }, [])?.seq)
}

it.each<[string, Step[], (number | undefined)[]]>([
  ['in order', [4, 5, 6], [4, 5, 6]],
  ['a first batch may have any number', [100], [100]],
  ['a batch again is acknowledged as far as we are', [4, 5, 4, 6], [4, 5, 5, 6]],
  ['a jump is not acknowledged', [4, 6, 7], [4, 4, 4]],
  ['until what is missing came', [4, 6, 5, 6], [4, 4, 5, 6]],
  ['a message that says not which it is may be the missing one', [4, unreadable, 6, 7], [4, undefined, 6, 7]],
  ['but only one of them', [4, unreadable, 7, 6], [4, undefined, 4, 6]],
  ['and the count begins again', [4, unreadable, 5, 7], [4, undefined, 5, 5]],
  ['an unreadable first one says nothing', [unreadable, 4], [undefined, 4]],
])('%s', (_, steps, expected) => {
  expect(seqs(...steps)).toEqual(expected)
})

it('another boot begins anew', () => {
  const acks = gatewayAcks()
  acks.answer({ bootId: 'a', seq: 40 }, [])
  expect(acks.answer({ bootId: 'b', seq: 0 }, [])).toEqual({ bootId: 'b', seq: 0, rejected: [] })
})

it('tells what was rejected of the batch it names', () => {
  const rejected = [{ index: 3, code: 'device/unknown' as const }]
  const acks = gatewayAcks()
  expect(acks.answer({ bootId: 'b', seq: 1 }, rejected)?.rejected).toEqual(rejected)
  expect(acks.answer({ bootId: 'b', seq: 0 }, rejected)).toEqual({ bootId: 'b', seq: 1, rejected: [] })
})

it('never runs ahead of what came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(12), { nil: unreadable }), { minLength: 1 }), (steps) => {
      const acks = gatewayAcks()
      const came = new Set<number>()
      let first: number | undefined
      let lost = 0
      for (const seq of steps) {
        if (seq === undefined) lost++
        else {
          came.add(seq)
          first ??= seq
        }
        const ack = acks.answer(seq === undefined ? undefined : { bootId: 'b', seq }, [])
        if (!ack || first === undefined) continue
        const missing = Array.from({ length: ack.seq - first + 1 }, (_, i) => first! + i).filter(
          (each) => !came.has(each),
        )
        expect(missing.length).toBeLessThanOrEqual(lost)
      }
    }),
  )
})

it('remembers the last batch of each gateway and boot', () => {
  const batches = acknowledgedBatches()
  batches.add('g', { bootId: 'a', seq: 5 })
  batches.add('g', { bootId: 'a', seq: 3 })
  const has = (gateway: string, bootId: string, seq: number) => batches.has(gateway, { bootId, seq })
  expect([has('g', 'a', 5), has('g', 'a', 6), has('g', 'b', 0), has('h', 'a', 0)]).toEqual([true, false, false, false])
  batches.add('g', { bootId: 'b', seq: 0 })
  expect([has('g', 'b', 0), has('g', 'a', 5)]).toEqual([true, false])
})
