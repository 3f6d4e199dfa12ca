import type { Coverage, Tier } from '@fettle/contracts/customers'
import type { DemoAsset } from '../asset.ts'
import type { DemoContract, DemoCustomer, DemoSite } from '../customers.ts'
import { createChance, type Chance } from './chance.ts'
import { companyNames, trades, type Trade } from './company-words.ts'
import { machinesOf, type SerialNumbers } from './machines.ts'
import { personName, phoneNumber } from './people.ts'
import { places, type Area, type DemoPlace } from './places.ts'

/** A customer whose machines say nothing by themselves: people call. */
export interface DemoCompany extends DemoCustomer {
  readonly place: DemoPlace
  readonly trade: Trade
  readonly machines: readonly DemoAsset[]
}

/** 640 machines, less the eighteen that are connected, spread as the engineers are. */
const machinesIn: Readonly<Record<Area, number>> = { luxi: 186, sunan: 254, zhedong: 72, dongguan: 110 }

/** The customers of an ordinary service company beside the six whose machines are connected; the same for a seed. */
export function companies(seed: number): DemoCompany[] {
  const chance = createChance(seed, 'companies')
  const names = shuffled(companyNames, chance)
  const numbers: SerialNumbers = new Map()
  return (Object.keys(machinesIn) as Area[]).flatMap((area) => companiesIn(area, names, numbers, chance))
}

function companiesIn(
  area: Area,
  names: (readonly [zh: string, key: string])[],
  numbers: SerialNumbers,
  chance: Chance,
): DemoCompany[] {
  const found: DemoCompany[] = []
  let left = machinesIn[area]
  // Everything is made here once before anything twice.
  let waiting: Trade[] = []
  while (left > 0) {
    if (waiting.length === 0) waiting = shuffled(trades[area], chance)
    const [trade, name] = [waiting.pop(), names.pop()]
    if (!trade || !name) throw new Error('there are more customers than names for them')
    const company = companyOf(name, placeIn(area, chance), trade, chance)
    const machines = machinesOf(company, trade, chance.of(company.key), numbers).slice(0, left)
    left -= machines.length
    found.push({ ...company, machines })
  }
  return found
}

function placeIn(area: Area, chance: Chance): DemoPlace {
  const ofArea = places.filter((place) => place.area === area)
  const code = chance.weighted(Object.fromEntries(ofArea.map(({ region, weight }) => [region.code, weight])))
  const place = ofArea.find(({ region }) => region.code === code)
  if (!place) throw new Error(`there is no place ${code}`)
  return place
}

function companyOf(
  [zh, key]: readonly [zh: string, key: string],
  place: DemoPlace,
  trade: Trade,
  chance: Chance,
): Omit<DemoCompany, 'machines'> {
  const tier = tierOf(trade, place, chance)
  const name = `${zh}${trade.name}`
  return {
    key,
    name,
    city: place.city,
    tier,
    terms: chance.pick(termsOf[tier]),
    branchKey: place.region.ownerBranchKey,
    sites: [siteOf(key, name, place, trade, chance)],
    contracts: contractsOf(tier, chance),
    place,
    trade,
  }
}

/** Who works at night pays for being served at night. */
function tierOf({ nights }: Trade, { area }: DemoPlace, chance: Chance): Tier {
  if (area === 'dongguan') return chance.weighted({ silver: 0.4, none: 0.6 })
  if (nights) return chance.weighted({ platinum: 0.25, gold: 0.4, silver: 0.15, none: 0.2 })
  return chance.weighted({ platinum: 0.03, gold: 0.22, silver: 0.35, none: 0.4 })
}

const termsOf: Readonly<Record<Tier, readonly string[]>> = {
  platinum: ['月结 30 天', '月结 60 天，每月对账'],
  gold: ['月结 60 天', '季结，对账单须加盖公章', '月结 45 天'],
  silver: ['完工后 30 天', '预付 30 %，完工付清', '月结 30 天'],
  none: ['先付款后维修', '完工付清', '款到发货，开普通发票'],
}

const startYears = [2021, 2022, 2023, 2024]

function contractsOf(tier: Tier, chance: Chance): DemoContract[] {
  const coverage = coverageOf(tier, chance)
  if (coverage === 'none') return []
  const month = String(chance.integer(1, 12)).padStart(2, '0')
  const annualFeeCents = chance.integer(...feeYuan[coverage]) * 1_000_00
  const startsOn = `${chance.pick(startYears)}-${month}-01`
  return [{ coverage, tier, startsOn, endsOn: '2031-12-31', annualFeeCents, wearPartsCharged: coverage !== 'full' }]
}

type Contracted = Exclude<Coverage, 'none' | 'warranty'>

/** Of a year, in thousands of yuan. */
const feeYuan: Readonly<Record<Contracted, readonly [number, number]>> = {
  full: [80, 160],
  labour: [24, 48],
  maintenance: [18, 60],
}

/** Round-the-clock service without a contract is not sold; most maintenance is paid visit by visit. */
function coverageOf(tier: Tier, chance: Chance): Contracted | 'none' {
  switch (tier) {
    case 'platinum':
      return chance.weighted({ full: 0.16, maintenance: 0.84 })
    case 'gold':
      return chance.weighted({ full: 0.02, labour: 0.05, maintenance: 0.93 })
    case 'silver':
      return chance.weighted({ maintenance: 0.3, none: 0.7 })
    case 'none':
      return 'none'
    default:
      return tier satisfies never
  }
}

const gates = [
  '正门登记换证，车停访客区，机修主管来接',
  '走货运门，门卫登记车牌；设备在主车间北侧动力房',
  '2 号门访客系统预约，安全帽自备',
  '东门登记，动力站在厂区西北角，可停车到门口',
  '门卫打电话给设备科放行，进车间须穿工鞋',
  '南门过磅处登记，跟叉车通道走到公用工程间',
] as const
const stopWindows = ['周日白班', '中午 11:30–13:00', '换班前后一小时', '周六 18:00 后', '须提前一天约定'] as const

function siteOf(key: string, name: string, place: DemoPlace, trade: Trade, chance: Chance): DemoSite {
  const somewhere = () => chance.between(-0.045, 0.045)
  return {
    key: `${key}-1`,
    name: `${name}${place.city}${trade.site ?? '工厂'}`,
    regionCode: place.region.code,
    address: `${place.region.name.zh.replace(/^.*(省|河北省)/, '')}${chance.pick(place.streets)} ${chance.integer(3, 298)} 号`,
    position: {
      latitude: Number((place.centre.latitude + somewhere()).toFixed(4)),
      longitude: Number((place.centre.longitude + somewhere()).toFixed(4)),
    },
    access: {
      gate: chance.pick(gates),
      stopWindow: trade.nights || chance.happens(0.4) ? chance.pick(stopWindows) : null,
      safetyTraining: chance.happens(0.3),
      contactName: personName(chance),
      contactPhone: phoneNumber(chance),
    },
  }
}

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, place: chance.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
