import { describe, expect, it } from 'vitest'
import { roles } from '@fettle/contracts/roles'
import { accounts } from './accounts.ts'
import { branches } from './branches.ts'
import { customers } from './customers.ts'
import { certificateKeys, engineers } from './engineers.ts'
import { labourRates, serviceItems, taxRates } from './money.ts'
import { regions } from './regions.ts'

const keysOf = (rows: readonly { readonly key: string }[]) => rows.map(({ key }) => key)
const branchKeys = [null, ...keysOf(branches)]
const regionCodes = regions.map(({ code }) => code)
const sites = customers.flatMap((customer) => customer.sites)
const endings = ['孙海峰', '顾晓东']
const day = /^\d{4}-\d{2}-\d{2}$/

describe('the organisation of the demonstration', () => {
  it('has no key twice', () => {
    const all = [keysOf(customers), keysOf(sites), keysOf(engineers), keysOf(branches), regionCodes]
    for (const keys of [...all, accounts.map(({ username }) => username), keysOf(serviceItems)]) {
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('lies in regions that exist, with letters that numbers can carry', () => {
    for (const { regionCode } of [...sites, ...engineers, ...branches]) expect(regionCodes).toContain(regionCode)
    for (const { code, letters, ownerBranchKey } of regions) {
      expect(code).toMatch(/^\d{6}$/)
      expect(letters).toMatch(/^[A-Z]{2}$/)
      expect(branchKeys).toContain(ownerBranchKey)
    }
    expect(new Set(regions.map(({ letters }) => letters))).toEqual(new Set(['LC', 'LQ', 'SZ', 'KS', 'NB', 'DG']))
  })

  it('stands in China, near where its region says', () => {
    const centre: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
      '3715': [36.5, 115.9],
      '3205': [31.3, 120.7],
      '3302': [29.9, 121.6],
      '4419': [22.9, 113.8],
    }
    const placed = [...sites, ...engineers.map(({ regionCode, base }) => ({ regionCode, position: base }))]
    for (const { regionCode, position } of placed) {
      const [latitude, longitude] = centre[regionCode.slice(0, 4)]!
      expect(Math.abs(position.latitude - latitude)).toBeLessThan(0.6)
      expect(Math.abs(position.longitude - longitude)).toBeLessThan(0.6)
    }
  })

  it('gives every customer a site, its tier in its contracts, and contracts that begin before they end', () => {
    for (const { tier, sites: own, contracts, branchKey } of customers) {
      expect(own.length).toBeGreaterThan(0)
      expect(branchKeys).toContain(branchKey)
      for (const contract of contracts) {
        expect(contract.tier).toBe(tier)
        expect([contract.startsOn, contract.endsOn].every((text) => day.test(text))).toBe(true)
        expect(contract.startsOn < contract.endsOn).toBe(true)
        expect(Number.isInteger(contract.annualFeeCents)).toBe(true)
      }
    }
  })

  it('covers as agreed', () => {
    expect(customers.map(({ key, tier, contracts }) => [key, tier, contracts.map(({ coverage }) => coverage)])).toEqual(
      [
        ['dingzhou', 'platinum', ['full']],
        ['runchang', 'gold', ['labour']],
        ['hongtuo', 'gold', ['warranty']],
        ['lanke', 'platinum', ['maintenance']],
        ['xiangyue', 'silver', []],
        ['qipei', 'none', []],
      ],
    )
  })

  it('has the ten engineers with their skills', () => {
    const told = engineers.map(({ name, level, skills }) => {
      const list = Object.entries(skills).map(([family, skill]) => `${family}${skill}`)
      return `${name} L${level} ${list.join(' ')}`
    })
    expect(told).toEqual([
      '王振国 L4 AC5 P4',
      '李建军 L3 P4 AC3',
      '孙海峰 L2 VMC3 AC2',
      '陈志强 L4 IM5 VMC3',
      '周鹏 L2 IM3 AC2',
      '徐磊 L4 CH5 P3',
      '顾晓东 L3 CH3 AC4',
      '沈国良 L3 IM4 VMC4',
      '黄俊杰 L3 AC4 P2',
      '何志恒 L2 IM3',
    ])
    for (const { level, branchKey, certificates, workdays, dayStart, dayEnd } of engineers) {
      expect(labourRates.map((rate) => rate.level)).toContain(level)
      expect(branchKeys).toContain(branchKey)
      expect(certificates.every(({ key }) => certificateKeys.includes(key))).toBe(true)
      expect(workdays.every((weekday) => weekday >= 1 && weekday <= 7)).toBe(true)
      expect(dayStart < dayEnd).toBe(true)
    }
  })

  it('knows which certificates end, and when', () => {
    const told = engineers.map(({ name, certificates }) => {
      const list = certificates.map(({ key, expiresOn }) => (endings.includes(name) ? `${key} ${expiresOn}` : key))
      return [name, ...list].join(' ')
    })
    expect(told).toEqual([
      '王振国 electrician va-2',
      '李建军 electrician',
      '孙海峰 electrician 2026-12-10',
      '陈志强 electrician',
      '周鹏 electrician',
      '徐磊 refrigeration electrician height',
      '顾晓东 refrigeration 2026-05-31',
      '沈国良 electrician',
      '黄俊杰 electrician',
      '何志恒 electrician',
    ])
  })

  it('costs and charges an hour of each level, and a branch’s, as agreed', () => {
    expect(labourRates.map(({ level, costCents, priceCents }) => [level, costCents / 100, priceCents / 100])).toEqual([
      [2, 95, 220],
      [3, 130, 300],
      [4, 170, 420],
    ])
    expect(branches).toMatchObject([{ key: 'dongguan', hourCostCents: 120_00, kmCostCents: 1_00, freeKm: 30 }])
  })

  it('has an account for every role, every engineer and every customer', () => {
    expect(accounts.slice(0, roles.length).map(({ username, role }) => [username, role])).toEqual(
      roles.map((role) => [role, role]),
    )
    const engineerAccounts = accounts.filter(({ role }) => role === 'engineer')
    const customerAccounts = accounts.filter(({ role }) => role === 'customer')
    expect(new Set(engineerAccounts.map(({ engineerKey }) => engineerKey))).toEqual(new Set(keysOf(engineers)))
    expect(new Set(customerAccounts.map(({ customerKey }) => customerKey))).toEqual(new Set(keysOf(customers)))
    for (const { engineerKey, name, branchKey, regionPrefix } of engineerAccounts) {
      const engineer = engineers.find(({ key }) => key === engineerKey)!
      expect(engineer).toMatchObject({ name, branchKey })
      expect(engineer.regionCode.startsWith(regionPrefix) && regionPrefix !== '').toBe(true)
    }
    for (const { customerKey, name } of customerAccounts) {
      const contacts = customers.find(({ key }) => key === customerKey)?.sites.map(({ access }) => access.contactName)
      expect(contacts).toContain(name)
    }
  })

  it('charges and pays in whole fen, at rates that are in force', () => {
    const cents = [
      ...labourRates.flatMap(({ costCents, priceCents }) => [costCents, priceCents]),
      ...serviceItems.flatMap(({ costCents, priceCents }) => [costCents, priceCents]),
      ...branches.flatMap(({ hourCostCents, kmCostCents }) => [hourCostCents, kmCostCents]),
    ]
    expect(cents.every((amount) => Number.isInteger(amount) && amount >= 0)).toBe(true)
    for (const { taxKey } of serviceItems) expect(taxRates.map(({ key }) => key)).toContain(taxKey)
    for (const { rate, validFrom } of taxRates) {
      expect(rate).toMatch(/^0\.\d{1,4}$/)
      expect(validFrom).toMatch(day)
    }
  })
})
