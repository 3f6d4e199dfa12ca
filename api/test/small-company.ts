import type { Role } from '@fettle/contracts/roles'
import { roles } from '@fettle/contracts/roles'
import type { Db } from '@fettle/db/client'
import { assets, failureModes, models, signals } from '@fettle/db/schema/assets'
import { users } from '@fettle/db/schema/identity'
import { labourRates, serviceItems, taxRates } from '@fettle/db/schema/money'
import {
  branches,
  customers,
  engineers,
  engineerSkills,
  regions,
  serviceContracts,
  sites,
} from '@fettle/db/schema/organisation'
import { parts, partSerials, stockBalances, stockLocations } from '@fettle/db/schema/parts'
import { uuidv7 } from '@fettle/platform/ids'
import { hashPassword } from '../src/sessions/sessions.ts'

export const password = 'correct horse battery staple'
const both = (text: string) => ({ zh: text, en: text })
const noLimits = { hh: null, h: null, l: null, ll: null }

/**
 * A service company small enough to know by heart: a customer with a full contract in 临清 and one out of warranty in 东莞
 * whom a branch serves, one compressor each, four engineers, and a user of every role.
 */
export async function smallCompany(db: Db) {
  const id = {
    branch: uuidv7(),
    dingzhou: uuidv7(),
    qipei: uuidv7(),
    siteLinqing: uuidv7(),
    siteDongguan: uuidv7(),
    model: uuidv7(),
    assetLinqing: uuidv7(),
    assetDongguan: uuidv7(),
    fanFailure: uuidv7(),
    separatorClogged: uuidv7(),
    wang: uuidv7(),
    sun: uuidv7(),
    gu: uuidv7(),
    huang: uuidv7(),
    vanOfWang: uuidv7(),
    branchStore: uuidv7(),
    fanMotor: uuidv7(),
    separator: uuidv7(),
    oilFilter: uuidv7(),
    pumpSeal: uuidv7(),
    temperature: uuidv7(),
    runState: uuidv7(),
    temperatureDongguan: uuidv7(),
  }
  await db.insert(branches).values({
    id: id.branch,
    key: 'DG',
    name: '东莞网点',
    regionCode: '441900',
    hourCostCents: 12_000,
    kmCostCents: 100,
    freeKm: 30,
  })
  await db.insert(regions).values([
    { code: '371581', name: both('临清'), letters: 'LQ', ownerBranchId: null },
    { code: '371500', name: both('聊城'), letters: 'LC', ownerBranchId: null },
    { code: '320500', name: both('苏州'), letters: 'SZ', ownerBranchId: null },
    { code: '441900', name: both('东莞'), letters: 'DG', ownerBranchId: id.branch },
  ])
  await db.insert(customers).values([
    {
      id: id.dingzhou,
      key: 'dingzhou',
      name: '鼎轴轴承',
      city: '临清',
      tier: 'platinum',
      terms: '月结 30 天',
      branchId: null,
    },
    { id: id.qipei, key: 'qipei', name: '启沛五金', city: '东莞', tier: 'none', terms: '先款', branchId: id.branch },
  ])
  const site = {
    gate: '东门登记',
    stopWindow: null,
    safetyTraining: false,
    contactName: '赵工',
    contactPhone: '13800136021',
  }
  await db.insert(sites).values([
    {
      id: id.siteLinqing,
      customerId: id.dingzhou,
      name: '一厂',
      regionCode: '371581',
      address: '工业路 1 号',
      latitude: 36.84,
      longitude: 115.71,
      ...site,
    },
    {
      id: id.siteDongguan,
      customerId: id.qipei,
      name: '总厂',
      regionCode: '441900',
      address: '振兴路 2 号',
      latitude: 23.02,
      longitude: 113.75,
      ...site,
    },
  ])
  await db.insert(serviceContracts).values({
    id: uuidv7(),
    customerId: id.dingzhou,
    coverage: 'full',
    tier: 'platinum',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    annualFeeCents: 16_800_000,
    wearPartsCharged: false,
  })
  await insertEngineers(db, id)
  await insertMachines(db, id)
  await insertPartsAndPrices(db, id)
  await insertUsers(db, id)
  return id
}
export type SmallCompany = Awaited<ReturnType<typeof smallCompany>>
type Ids = SmallCompany

async function insertEngineers(db: Db, id: Ids): Promise<void> {
  const always = { workdays: [1, 2, 3, 4, 5, 6, 7], dayStart: '00:00', dayEnd: '23:59' }
  await db.insert(engineers).values([
    {
      id: id.wang,
      key: 'wang',
      name: '王振国',
      level: 4,
      regionCode: '371500',
      baseName: '聊城',
      latitude: 36.456,
      longitude: 115.985,
      branchId: null,
      ...always,
    },
    {
      id: id.sun,
      key: 'sun',
      name: '孙海峰',
      level: 2,
      regionCode: '371581',
      baseName: '临清',
      latitude: 36.838,
      longitude: 115.705,
      branchId: null,
      ...always,
    },
    {
      id: id.gu,
      key: 'gu',
      name: '顾晓东',
      level: 3,
      regionCode: '320500',
      baseName: '苏州',
      latitude: 31.299,
      longitude: 120.585,
      branchId: null,
      ...always,
    },
    {
      id: id.huang,
      key: 'huang',
      name: '黄俊杰',
      level: 3,
      regionCode: '441900',
      baseName: '东莞',
      latitude: 23.04,
      longitude: 113.72,
      branchId: id.branch,
      ...always,
    },
  ])
  await db.insert(engineerSkills).values([
    { engineerId: id.wang, family: 'AC', level: 5 },
    { engineerId: id.sun, family: 'AC', level: 2 },
    { engineerId: id.gu, family: 'AC', level: 4 },
    { engineerId: id.huang, family: 'AC', level: 4 },
  ])
}

async function insertMachines(db: Db, id: Ids): Promise<void> {
  await db.insert(models).values({
    id: id.model,
    key: 'AC75',
    family: 'AC',
    name: both('螺杆空压机'),
    manufacturer: '沃衡装备',
    specification: [],
    signals: [],
    runStateSignal: 'run_state',
  })
  const machine = { modelId: id.model, warrantyUntil: '2025-01-31' }
  await db.insert(assets).values([
    {
      id: id.assetLinqing,
      key: 'AC75-2403-0117',
      serial: '0117',
      name: '1 号空压机',
      customerId: id.dingzhou,
      siteId: id.siteLinqing,
      ...machine,
    },
    {
      id: id.assetDongguan,
      key: 'AC75-2111-0143',
      serial: '0143',
      name: '空压机',
      customerId: id.qipei,
      siteId: id.siteDongguan,
      ...machine,
    },
  ])
  const temperature = {
    key: 'discharge_temperature',
    name: both('排气温度'),
    unit: '°C',
    decimals: 1,
    limits: { ...noLimits, h: 100, hh: 105 },
    headline: 1,
  }
  await db.insert(signals).values([
    { id: id.temperature, assetId: id.assetLinqing, ...temperature },
    {
      id: id.runState,
      assetId: id.assetLinqing,
      key: 'run_state',
      name: both('运行状态'),
      unit: '',
      decimals: 0,
      limits: noLimits,
    },
    { id: id.temperatureDongguan, assetId: id.assetDongguan, ...temperature },
  ])
  const mode = {
    modelId: id.model,
    onSignals: both('–'),
    causes: both('–'),
    fix: both('–'),
    persons: 1,
    standardHours: '2.5',
    skillLevel: 3,
  }
  await db.insert(failureModes).values([
    {
      id: id.fanFailure,
      key: 'AC-01',
      name: both('风机故障'),
      signature: [{ signalKey: 'discharge_temperature', direction: 'up', perHour: [300, 480] }],
      prior: 0.2,
      parts: [{ partCode: 'A5', quantity: '1', optional: false }],
      ...mode,
    },
    {
      id: id.separatorClogged,
      key: 'AC-02',
      name: both('油分堵塞'),
      signature: [{ signalKey: 'separator_dp', direction: 'up', perHour: [0.00001, 0.00003] }],
      prior: 0.3,
      parts: [
        { partCode: 'A3', quantity: '1', optional: false },
        { partCode: 'A2', quantity: '1', optional: false },
      ],
      ...mode,
    },
  ])
}

async function insertPartsAndPrices(db: Db, id: Ids): Promise<void> {
  const wear = { modelFamily: 'AC', unit: '个', leadDays: 3, serialised: false, returnOld: false }
  await db.insert(parts).values([
    {
      id: id.fanMotor,
      code: 'A5',
      name: both('风机电机'),
      costCents: 115_000,
      priceCents: 230_000,
      ...wear,
      serialised: true,
      returnOld: true,
    },
    { id: id.separator, code: 'A3', name: both('油分芯'), costCents: 90_000, priceCents: 185_000, ...wear },
    { id: id.oilFilter, code: 'A2', name: both('油滤'), costCents: 11_000, priceCents: 24_000, ...wear },
    {
      id: id.pumpSeal,
      code: 'U1',
      name: both('机封'),
      costCents: 38_000,
      priceCents: 86_000,
      ...wear,
      modelFamily: 'P',
    },
  ])
  await db.insert(stockLocations).values([
    { id: id.vanOfWang, key: 'van-wang', name: '王振国的车', kind: 'van', engineerId: id.wang, branchId: null },
    { id: id.branchStore, key: 'store-dg', name: '东莞网点库', kind: 'branch', engineerId: null, branchId: id.branch },
  ])
  await db.insert(stockBalances).values([
    { partId: id.fanMotor, locationId: id.vanOfWang, quantity: '1' },
    { partId: id.pumpSeal, locationId: id.vanOfWang, quantity: '2' },
    { partId: id.separator, locationId: id.branchStore, quantity: '2' },
    { partId: id.oilFilter, locationId: id.branchStore, quantity: '2' },
  ])
  await db
    .insert(partSerials)
    .values({ partId: id.fanMotor, serial: 'FM-2403-118', locationId: id.vanOfWang, batch: '2403' })
  await db.insert(labourRates).values([
    { level: 2, costCents: 9_500, priceCents: 22_000 },
    { level: 3, costCents: 13_000, priceCents: 30_000 },
    { level: 4, costCents: 17_000, priceCents: 42_000 },
  ])
  await db.insert(serviceItems).values({
    key: 'travel-km',
    name: both('里程'),
    unit: 'km',
    costCents: 110,
    priceCents: 250,
    taxKey: 'vat-general',
  })
  await db.insert(taxRates).values({ key: 'vat-general', validFrom: '2019-04-01', rate: '0.13' })
}

/** One user of every role by the role’s name, and `engineer-suzhou`, `engineer-dongguan`, `customer-qipei` besides. */
async function insertUsers(db: Db, id: Ids): Promise<void> {
  const passwordHash = await hashPassword(password)
  const belongs: Partial<Record<Role, object>> = {
    engineer: { engineerId: id.wang, regionPrefix: '3715' },
    customer: { customerId: id.dingzhou },
    branch: { branchId: id.branch },
  }
  const user = (username: string, role: Role, more: object = {}) => ({
    id: uuidv7(),
    username,
    name: username,
    passwordHash,
    role,
    ...more,
  })
  await db
    .insert(users)
    .values([
      ...roles.map((role) => user(role, role, belongs[role])),
      user('engineer-suzhou', 'engineer', { engineerId: id.gu, regionPrefix: '3205' }),
      user('engineer-dongguan', 'engineer', { engineerId: id.huang, branchId: id.branch, regionPrefix: '44' }),
      user('customer-qipei', 'customer', { customerId: id.qipei }),
    ])
}
