import { describe, expect, it } from 'vitest'
import { assets } from './assets.ts'
import { branches } from './branches.ts'
import { customers } from './customers.ts'
import { engineers } from './engineers.ts'
import { failureModes } from './failure-modes.ts'
import { history } from './history.ts'
import { models } from './models.ts'
import { parts } from './parts.ts'
import { reportedAt } from './past-repair.ts'
import { openingStock, openingStockDaysAgo, stockLocations, vanOf } from './stock.ts'

const partOf = (partCode: string) => parts.find(({ code }) => code === partCode)!

const priceList = `
  A1 160 320 2 · A2 110 240 2 · A3 900 1850 3 · A4 620 1280 2 · A5 1150 2300 5 SR · A6 420 980 4 · A7 9800 18600 15 SR
  I1 180 420 3 · I2 60 150 2 · I3 1900 4200 7 R · I4 220 520 2 · I5 7500 13500 12 SR · I6 2600 5200 10
  V1 6800 12800 10 R · V2 1400 3200 7 · V3 2300 4600 7 SR · V4 1050 2200 5 · V5 680 1450 3 · V6 45 120 2
  V7 320 720 2 · V8 19500 32000 20 SR
  C1 820 1350 2 · C2 190 420 3 · C3 1900 3600 5 · C4 480 980 4 · C5 420 950 3 S · C6 380 800 3 · C7 90 220 2
  U1 380 860 3 · U2 180 440 2 · U3 45 120 2 · U4 810 1830 8 · U5 120 280 2 · U6 780 1580 4 S`

/** Replays the opening stock and the history; what lies where, and which number is in which machine. */
function replay() {
  const quantities = new Map<string, number>()
  const serialAt = new Map<string, string>()
  const at = (locationKey: string, partCode: string) => `${locationKey} ${partCode}`
  for (const { locationKey, partCode, quantity, serials } of openingStock) {
    quantities.set(at(locationKey, partCode), Number(quantity))
    for (const { serial } of serials) serialAt.set(serial, locationKey)
  }
  for (const { key, installedParts } of assets) for (const { serial } of installedParts) serialAt.set(serial, key)
  const shortages: string[] = []
  for (const { assetKey, partsUsed } of history) {
    for (const { partCode, quantity, locationKey, serial, removedSerial } of partsUsed) {
      const left = (quantities.get(at(locationKey, partCode)) ?? 0) - Number(quantity)
      quantities.set(at(locationKey, partCode), left)
      if (left < 0) shortages.push(`${partCode} at ${locationKey}`)
      if (serial !== null && serialAt.get(serial) !== locationKey) shortages.push(`${serial} at ${locationKey}`)
      if (removedSerial !== null && serialAt.get(removedSerial) !== assetKey) {
        shortages.push(`${removedSerial} in ${assetKey}`)
      }
      if (serial !== null) serialAt.set(serial, assetKey)
      if (removedSerial !== null) serialAt.delete(removedSerial)
    }
  }
  return { shortages, left: (locationKey: string, partCode: string) => quantities.get(at(locationKey, partCode)) ?? 0 }
}

describe('parts and stock', () => {
  it('are the price list: cost without tax, price with tax, days, S and R', () => {
    const told = parts.map(({ code, costCents, priceCents, leadDays, serialised, returnOld }) =>
      [code, costCents / 100, priceCents / 100, leadDays, (serialised ? 'S' : '') + (returnOld ? 'R' : '')]
        .join(' ')
        .trim(),
    )
    expect(told).toEqual(
      priceList
        .trim()
        .split('\n')
        .flatMap((line) => line.split('·'))
        .map((entry) => entry.trim()),
    )
    expect(new Set(parts.map(({ code }) => code)).size).toBe(parts.length)
  })

  it('has some of every part, and the spindle unit of the VIP case near its machine', () => {
    const at = (partCode: string) =>
      openingStock.filter((line) => line.partCode === partCode).map(({ locationKey }) => locationKey)
    expect(at('V8')).toEqual(['CK-LC'])
    for (const { code } of parts) expect(at(code), code).not.toEqual([])
  })

  it('lies at places that exist, in whole pieces, each number once', () => {
    const keys = stockLocations.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { locationKey, partCode, quantity, serials } of openingStock) {
      expect(keys).toContain(locationKey)
      expect(serials).toHaveLength(partOf(partCode).serialised ? Number(quantity) : 0)
      expect(Number(quantity)).toBeGreaterThan(0)
      for (const { serial, batch } of serials) expect(serial).toContain(`-${batch}-`)
    }
    const serials = [
      ...openingStock.flatMap((line) => line.serials.map(({ serial }) => serial)),
      ...assets.flatMap(({ installedParts }) => installedParts.map(({ serial }) => serial)),
    ]
    expect(new Set(serials).size).toBe(serials.length)
  })

  it('has a van for every engineer, and branch places for the branch', () => {
    for (const { key, branchKey } of engineers) {
      expect(stockLocations).toContainEqual(
        expect.objectContaining({ key: vanOf(key), kind: 'van', engineerKey: key, branchKey }),
      )
    }
    expect(stockLocations.filter(({ kind }) => kind === 'branch').map(({ branchKey }) => branchKey)).toEqual(
      branches.map(({ key }) => key),
    )
  })
})

describe('history', () => {
  it.each(history.map((repair) => [`${repair.assetKey} ${repair.daysAgo} days ago`, repair] as const))(
    '%s: a qualified engineer with parts of that machine',
    (_, repair) => {
      const asset = assets.find(({ key }) => key === repair.assetKey)!
      const mode = failureModes.find(({ key }) => key === repair.failureModeKey)!
      const engineer = engineers.find(({ key }) => key === repair.engineerKey)!
      const family = models.find(({ key }) => key === asset.modelKey)!.family
      const customer = customers.find(({ key }) => key === asset.customerKey)!
      expect(mode.modelKey).toBe(asset.modelKey)
      expect(engineer.skills[family]).toBeGreaterThanOrEqual(mode.skillLevel)
      const held = engineer.certificates.map(({ key }) => key)
      expect(mode.certificates.every((key) => held.includes(key))).toBe(true)
      expect(engineer.branchKey).toBe(customer.branchKey)
      expect(customer.sites.map(({ access }) => access.contactName)).toContain(repair.signedBy)
      for (const { partCode, serial } of repair.partsUsed) {
        expect(partOf(partCode).modelFamily).toBe(family)
        expect(serial !== null).toBe(partOf(partCode).serialised)
      }
      for (const amount of [repair.workHours, repair.travelHours, repair.travelKm]) {
        expect(amount).toMatch(/^\d+(\.\d{1,2})?$/)
      }
    },
  )

  it('is told oldest first, and begins after the stock was there', () => {
    const days = history.map(({ daysAgo }) => daysAgo)
    expect(days).toEqual(days.toSorted((a, b) => b - a))
    expect(Math.max(...days)).toBeLessThan(openingStockDaysAgo)
    expect(Math.min(...days)).toBeGreaterThan(0)
  })

  it('knows at least three repairs of 0117 and one of every machine', () => {
    const count = (assetKey: string) => history.filter((repair) => repair.assetKey === assetKey).length
    expect(count('AC75-2403-0117')).toBeGreaterThanOrEqual(3)
    expect(assets.every(({ key }) => count(key) >= 1)).toBe(true)
  })

  it('never takes what is not there, and leaves the fan motor on one van only', () => {
    const { shortages, left } = replay()
    expect(shortages).toEqual([])
    expect(left(vanOf('wangzhenguo'), 'A5')).toBe(1)
    expect(left(vanOf('lijianjun'), 'A5')).toBe(0)
    expect(left('CK-DG', 'A3') + left(vanOf('huangjunjie'), 'A3')).toBeGreaterThanOrEqual(1)
  })

  it('counts days on the local calendar', () => {
    const repair = { ...history[0]!, daysAgo: 1, reportedAtHour: 8.5 }
    expect(reportedAt(repair, new Date('2026-11-23T00:10:00+08:00'))).toEqual(new Date('2026-11-22T08:30:00+08:00'))
    expect(reportedAt(repair, new Date('2026-11-23T23:50:00+08:00'))).toEqual(new Date('2026-11-22T08:30:00+08:00'))
  })
})
