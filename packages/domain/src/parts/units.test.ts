import { countUnits } from '@fettle/contracts/parts'
import { describe, expect, it } from 'vitest'
import { timesPart, unitKey, unitWord } from './units.ts'

describe('unitKey', () => {
  it.each([
    ['drum', 'drum'],
    ['桶', 'drum'],
    ['Drums', 'drum'],
    [' 套 ', 'set'],
    ['个', 'piece'],
    ['件', 'article'],
    ['pc', 'piece'],
    ['pcs', 'piece'],
    ['kg', 'kg'],
    ['L', 'L'],
    ['卷', '卷'],
    ['', ''],
    ['constructor', 'constructor'],
  ])('“%s” is %s', (unit, key) => expect(unitKey(unit)).toBe(key))

  it('is told from every word that it is shown by, in a way that shows the same English word again', () => {
    for (const unit of countUnits) {
      for (const quantity of ['1', '2']) {
        const { zh, en } = unitWord(unit, quantity)
        expect(unitKey(zh)).toBe(unit)
        expect(unitWord(unitKey(en), quantity).en).toBe(en)
      }
    }
  })
})

describe('unitWord', () => {
  it.each([
    ['drum', '1', '桶', 'drum'],
    ['drum', '1.0000', '桶', 'drum'],
    ['drum', '3', '桶', 'drums'],
    ['drum', '0.5', '桶', 'drums'],
    ['drum', '0', '桶', 'drums'],
    ['piece', '-1', '个', 'pc'],
    ['套', '2', '套', 'sets'],
    ['kg', '2.35', 'kg', 'kg'],
    ['卷', '2', '卷', '卷'],
  ])('%s beside %s is %s and %s', (unit, quantity, zh, en) => expect(unitWord(unit, quantity)).toEqual({ zh, en }))
})

describe('timesPart', () => {
  it.each([
    ['3.0000', 'drum', 'A4 × 3'],
    ['1', '桶', 'A4 × 1'],
    ['2.3500', 'L', 'A4 × 2.35 L'],
    ['0.3', 'kg', 'A4 × 0.3 kg'],
    ['2', '', 'A4 × 2'],
  ])('%s of %s is %s', (quantity, unit, told) => expect(timesPart('A4', quantity, unit)).toBe(told))
})
