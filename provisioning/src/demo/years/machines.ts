import { assets as connectedAssets } from '../assets.ts'
import { labels, original, type DemoAsset, type DemoInstalledPart } from '../asset.ts'
import type { DemoCustomer } from '../customers.ts'
import type { Chance } from './chance.ts'
import type { Trade } from './company-words.ts'

/** Running numbers that a model's works gave out in a month: `AC75-2403` to those taken. */
export type SerialNumbers = Map<string, Set<number>>

/** Names on site, where a company has several of a model. */
const callings: Readonly<Record<string, readonly string[]>> = {
  AC75: ['空压机', '螺杆空压机'],
  IM280: ['注塑机', '280T 注塑机'],
  VMC850: ['加工中心', '立加'],
  CH1000: ['冷水机组', '螺杆冷机'],
  P100: ['循环水泵', '加压泵', '工艺水泵'],
}

const places: Readonly<Record<string, readonly string[]>> = {
  AC75: ['空压站', '动力房东侧', '车间外钢棚', '配电房隔壁'],
  IM280: ['注塑车间 A 区', '注塑车间 B 区', '二楼注塑车间', '一号厂房北跨'],
  VMC850: ['机加工车间南排', '机加工车间北排', '精加工恒温间', '工装车间'],
  CH1000: ['制冷机房', '公用工程楼一层', '屋面机房'],
  P100: ['循环水泵房', '地下泵房', '冷却塔旁泵棚', '锅炉房水泵间'],
}

const duties: Readonly<Record<string, readonly string[]>> = {
  AC75: ['两班，负荷约七成', '三班连续', '白班，夜间卸载', '与另一台轮换'],
  IM280: ['两班', '三班，产品每周换模', '白班'],
  VMC850: ['两班', '白班，批量件', '打样与小批'],
  CH1000: ['工艺冷却', '空调与工艺共用', '夏季为主'],
  P100: ['主用', '备用', '一用一备', '昼夜恒流量'],
}

/** Parts with a number that leave the works inside the machine: code, and what its numbers begin with. */
const numbered: Readonly<Record<string, readonly (readonly [partCode: string, prefix: string])[]>> = {
  AC75: [
    ['A5', 'YF22'],
    ['A7', 'ZJ75'],
  ],
  IM280: [['I5', 'CLB']],
  VMC850: [
    ['V3', 'DDG'],
    ['V8', 'ZZ850'],
  ],
  CH1000: [['C5', 'YL']],
  P100: [['U6', 'ZW6']],
}

const oldestYear = 2016
const newestYear = 2026

/** All machines of a company, each with its number plate, place and file. */
export function machinesOf(
  company: Pick<DemoCustomer, 'key' | 'sites'>,
  { machines }: Trade,
  chance: Chance,
  numbers: SerialNumbers,
): DemoAsset[] {
  return Object.entries(machines).flatMap(([modelKey, [fewest, most]]) => {
    const count = chance.integer(fewest, most)
    const calling = chance.pick(callings[modelKey] ?? [modelKey])
    return Array.from({ length: count }, (_, place) =>
      machineOf(company, modelKey, `${place + 1}# ${calling}`, chance, numbers),
    )
  })
}

function machineOf(
  { key: customerKey, sites }: Pick<DemoCustomer, 'key' | 'sites'>,
  modelKey: string,
  name: string,
  chance: Chance,
  numbers: SerialNumbers,
): DemoAsset {
  const madeOn = monthOfMaking(chance)
  const key = numberPlate(modelKey, madeOn, chance, numbers)
  const installed = new Date(Date.UTC(madeOn.year, madeOn.month, chance.integer(3, 27)))
  const installedOn = dayText(installed)
  const warrantyMonths = chance.happens(0.2) ? 24 : 12
  const warrantyEnds = new Date(Date.UTC(installed.getUTCFullYear(), installed.getUTCMonth() + warrantyMonths, 0))
  return {
    key,
    serial: key,
    name,
    modelKey,
    customerKey,
    siteKey: sites[0]?.key ?? '',
    installedOn,
    warrantyUntil: dayText(warrantyEnds),
    specification: [
      { label: labels.place, value: chance.pick(places[modelKey] ?? ['车间']) },
      { label: labels.duty, value: chance.pick(duties[modelKey] ?? ['两班']) },
    ],
    installedParts: partsOf(modelKey, madeOn, installedOn, chance),
  }
}

interface Month {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
}

/** More of the recent years, and the spring of 2024 was a good one for compressors. */
function monthOfMaking(chance: Chance): Month {
  if (chance.happens(0.09)) return { year: 2024, month: chance.integer(3, 4) }
  const share = Math.sqrt(chance.next())
  const months = Math.floor(share * (newestYear - oldestYear) * 12)
  return { year: oldestYear + Math.floor(months / 12), month: (months % 12) + 1 }
}

const yearMonth = ({ year, month }: Month) => `${String(year % 100).padStart(2, '0')}${String(month).padStart(2, '0')}`

function numberPlate(modelKey: string, madeOn: Month, chance: Chance, numbers: SerialNumbers): string {
  const month = `${modelKey}-${yearMonth(madeOn)}`
  const taken = numbers.get(month) ?? new Set<number>()
  numbers.set(month, taken)
  for (;;) {
    const number = chance.integer(12, 480)
    const plate = `${month}-${String(number).padStart(4, '0')}`
    if (taken.has(number) || connectedAssets.some(({ key }) => key === plate)) continue
    taken.add(number)
    return plate
  }
}

/** A bought-in part is of the same month or of one or two before. */
function partsOf(modelKey: string, madeOn: Month, installedOn: string, chance: Chance): DemoInstalledPart[] {
  return (numbered[modelKey] ?? []).map(([partCode, prefix]) => {
    const months =
      madeOn.year * 12 + madeOn.month - 1 - (isOfBadBatch(partCode, madeOn) ? madeOn.month - 3 : chance.integer(0, 2))
    const bought = { year: Math.floor(months / 12), month: (months % 12) + 1 }
    return original(partCode, `${prefix}-${yearMonth(bought)}-${String(chance.integer(1_001, 9_899))}`, installedOn)
  })
}

/** All fan motors of spring 2024 came in one delivery. */
function isOfBadBatch(partCode: string, { year, month }: Month): boolean {
  return partCode === 'A5' && year === 2024 && (month === 3 || month === 4)
}

const dayText = (day: Date) => day.toISOString().slice(0, 10)
