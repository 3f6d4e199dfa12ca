import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, compareDecimals, parseDecimal } from '../costs/decimal.ts'
import { balances, move, type MovedPart, type Movement, type StockFacts } from './ledger.ts'

const oilFilter: MovedPart = { code: 'A2', modelFamily: 'AC', serialised: false }
const fanMotor: MovedPart = { code: 'A5', modelFamily: 'AC', serialised: true }
const consume: Movement = {
  kind: 'consume',
  partId: 'A2',
  quantity: '1',
  fromLocationId: 'van',
  toLocationId: null,
  serial: null,
}
const onVan: StockFacts = { onHand: '2', serialAt: undefined }

describe('move', () => {
  it.each<[string, MovedPart, Movement, StockFacts, unknown]>([
    ['a filter from the van', oilFilter, consume, onVan, [{ locationId: 'van', delta: '-1' }]],
    [
      'the last drop',
      oilFilter,
      { ...consume, quantity: '2.0000' },
      { ...onVan, onHand: '2.0000' },
      [{ locationId: 'van', delta: '-2' }],
    ],
    [
      'a motor by its number',
      fanMotor,
      { ...consume, serial: 'FM-1' },
      { onHand: '1', serialAt: 'van' },
      [{ locationId: 'van', delta: '-1' }],
    ],
    [
      'a transfer',
      oilFilter,
      { ...consume, kind: 'transfer', toLocationId: 'centre' },
      onVan,
      [
        { locationId: 'van', delta: '-1' },
        { locationId: 'centre', delta: '1' },
      ],
    ],
    [
      'an old motor that comes back from a machine',
      fanMotor,
      { ...consume, kind: 'return', fromLocationId: null, toLocationId: 'defective', serial: 'FM-0' },
      { onHand: '0', serialAt: null },
      [{ locationId: 'defective', delta: '1' }],
    ],
  ])('allows %s', (_, part, movement, stock, changes) => {
    expect(move(part, movement, stock, 'AC')).toEqual({ ok: true, changes })
  })

  it.each<[string, MovedPart, Partial<Movement>, Partial<StockFacts>, string, RegExp]>([
    ['more than is there', oilFilter, { quantity: '2.0001' }, {}, 'stock/insufficient', /现有 2，需要 2.0001/],
    ['nothing', oilFilter, { quantity: '0' }, {}, 'request/invalid', /大于零/],
    ['less than nothing', oilFilter, { quantity: '-1' }, {}, 'request/invalid', /大于零/],
    ['a motor without its number', fanMotor, {}, {}, 'stock/serial-required', /A5 必须填写序列号/],
    [
      'a motor that lies elsewhere',
      fanMotor,
      { serial: 'FM-1' },
      { serialAt: 'centre' },
      'stock/insufficient',
      /FM-1 不在该库位/,
    ],
    ['a motor built in already', fanMotor, { serial: 'FM-1' }, { serialAt: null }, 'stock/insufficient', /不在该库位/],
    ['two motors under one number', fanMotor, { serial: 'FM-1', quantity: '2' }, {}, 'request/invalid', /一件/],
    ['a number on a filter', oilFilter, { serial: 'X' }, {}, 'request/invalid', /不按序列号/],
    ['a consumption from nowhere', oilFilter, { fromLocationId: null }, {}, 'request/invalid', /类型不符/],
    [
      'a transfer to where it lies',
      oilFilter,
      { kind: 'transfer', toLocationId: 'van' },
      {},
      'request/invalid',
      /类型不符/,
    ],
    [
      'the same motor received twice',
      fanMotor,
      { kind: 'receipt', fromLocationId: null, toLocationId: 'centre', serial: 'FM-1' },
      { serialAt: 'van' },
      'request/invalid',
      /已登记/,
    ],
  ])('refuses %s', (_, part, movement, stock, code, zh) => {
    expect(move(part, { ...consume, ...movement }, { ...onVan, ...stock }, 'AC')).toEqual({
      ok: false,
      code,
      reason: { zh: expect.stringMatching(zh), en: expect.stringMatching(/\w/) },
    })
  })

  it('refuses a compressor part for a pump', () => {
    expect(move(oilFilter, consume, onVan, 'P')).toMatchObject({ ok: false, code: 'part/incompatible' })
    expect(move(oilFilter, consume, onVan)).toMatchObject({ ok: true })
  })
})

describe('any sequence of movements', () => {
  const places = ['centre', 'van', 'defective']
  const place = fc.option(fc.constantFrom(...places), { nil: null })
  const anyMovement = fc.record<Movement>({
    kind: fc.constantFrom('receipt', 'transfer', 'consume', 'return', 'adjust'),
    partId: fc.constantFrom('A2', 'A5'),
    quantity: fc.oneof(
      fc.constant('1'),
      fc.integer({ min: -5_000, max: 90_000 }).map((units) => (units / 10_000).toFixed(4)),
    ),
    fromLocationId: place,
    toLocationId: place,
    serial: fc.constantFrom(null, 'FM-1', 'FM-2'),
  })

  it('never goes below zero, conserves the sum and keeps each serial in one place', () => {
    fc.assert(
      fc.property(fc.array(anyMovement, { maxLength: 120 }), (wishes) => {
        const ledger: Movement[] = []
        const serials = new Map<string, string | null>()
        let received = '0'
        for (const wish of wishes) {
          const part = wish.partId === 'A5' ? fanMotor : oilFilter
          const onHand =
            balances(ledger)
              .get(wish.partId)
              ?.get(wish.fromLocationId ?? '') ?? '0'
          const result = move(part, wish, { onHand, serialAt: serials.get(wish.serial ?? '') })
          if (!result.ok) continue
          ledger.push(wish)
          if (wish.serial !== null) serials.set(wish.serial, wish.toLocationId)
          received = addDecimals(received, ...result.changes.map(({ delta }) => delta))
        }
        const parts = balances(ledger)
        const everything = [...parts.values()].flatMap((locations) => [...locations.values()])
        expect(everything.every((quantity) => compareDecimals(quantity, '0') >= 0)).toBe(true)
        expect(parseDecimal(addDecimals('0', ...everything))).toBe(parseDecimal(received))
        for (const location of places) {
          const lying = [...serials.values()].filter((at) => at === location).length
          expect(compareDecimals(parts.get('A5')?.get(location) ?? '0', String(lying))).toBe(0)
        }
      }),
      { numRuns: 200 },
    )
  })
})
