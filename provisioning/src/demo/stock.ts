import type { StockLocation } from '@fettle/contracts/parts'
import { engineers } from './engineers.ts'

export interface DemoStockLocation {
  readonly key: string
  readonly name: string
  readonly kind: StockLocation['kind']
  readonly engineerKey: string | null
  readonly branchKey: string | null
}

export interface DemoSerial {
  readonly serial: string
  /** The supplier's batch. */
  readonly batch: string
}

/** What a location is stocked with at the beginning: one receipt, or one for each serial number. */
export interface DemoOpeningStock {
  readonly locationKey: string
  readonly partCode: string
  /** Fixed-point decimal; as many as there are serials where the part has them. */
  readonly quantity: string
  readonly serials: readonly DemoSerial[]
}

/** The opening receipts lie before every repair of the history. */
export const openingStockDaysAgo = 400

export const vanOf = (engineerKey: string) => `VAN-${engineerKey}`

export const stockLocations: readonly DemoStockLocation[] = [
  { key: 'CK-LC', name: '聊城中心库', kind: 'centre', engineerKey: null, branchKey: null },
  { key: 'CK-SZ', name: '苏州中心库', kind: 'centre', engineerKey: null, branchKey: null },
  { key: 'CK-DG', name: '东莞网点库', kind: 'branch', engineerKey: null, branchKey: 'dongguan' },
  { key: 'CK-OLD', name: '旧件库', kind: 'defective', engineerKey: null, branchKey: null },
  { key: 'CK-WAY', name: '在途', kind: 'in-transit', engineerKey: null, branchKey: null },
  ...engineers.map(({ key, name, branchKey }) => ({
    key: vanOf(key),
    name: `${name} 车载库`,
    kind: 'van' as const,
    engineerKey: key,
    branchKey,
  })),
]

type Counted = Readonly<Record<string, number | readonly string[]>>

/** Counted parts by number; numbered ones by their serials, whose second group is the batch: YF22-2511-0342. */
const stock = (locationKey: string, parts: Counted): DemoOpeningStock[] =>
  Object.entries(parts).map(([partCode, pieces]) => {
    const serials = typeof pieces === 'number' ? [] : pieces
    return {
      locationKey,
      partCode,
      quantity: String(typeof pieces === 'number' ? pieces : pieces.length),
      serials: serials.map((serial) => ({ serial, batch: serial.split('-')[1] ?? '' })),
    }
  })

export const openingStock: readonly DemoOpeningStock[] = [
  ...stock('CK-LC', {
    A1: 12,
    A2: 14,
    A3: 6,
    A4: 18,
    A5: ['YF22-2511-0345', 'YF22-2511-0346', 'YF22-2511-0347'],
    A6: 4,
    A7: ['ZJ75-2506-0311'],
    U1: 8,
    U2: 8,
    U3: 12,
    U4: 3,
    U5: 10,
    U6: ['ZW6-2509-2071', 'ZW6-2509-2072'],
    V1: 1,
    V2: 2,
    V3: ['DDG-2505-0118'],
    V4: 2,
    V5: 3,
    V6: 20,
    V7: 4,
    V8: ['ZZ850-2504-0027'],
  }),
  ...stock('CK-SZ', {
    A1: 10,
    A2: 10,
    A3: 4,
    A4: 12,
    A5: ['YF22-2511-0349'],
    A6: 3,
    I1: 16,
    I2: 20,
    I3: 3,
    I4: 8,
    I5: ['CLB-2502-0064'],
    I6: 1,
    V1: 1,
    V2: 1,
    V4: 2,
    V5: 2,
    V6: 10,
    V7: 3,
    C1: 9,
    C2: 8,
    C3: 4,
    C4: 5,
    C5: ['YL-2508-3301', 'YL-2508-3302'],
    C6: 10,
    C7: 6,
    U1: 4,
    U2: 4,
    U3: 6,
    U4: 1,
    U5: 4,
    U6: ['ZW6-2509-2075'],
  }),
  ...stock('CK-DG', {
    A1: 6,
    A2: 6,
    A3: 2,
    A4: 6,
    A5: ['YF22-2511-0351', 'YF22-2511-0352'],
    A6: 2,
    I1: 6,
    I2: 8,
    I3: 1,
    I4: 3,
  }),
  ...stock(vanOf('wangzhenguo'), {
    A1: 2,
    A2: 3,
    A3: 2,
    A5: ['YF22-2511-0338', 'YF22-2511-0342'],
    A6: 2,
    U1: 1,
    U2: 2,
    U5: 1,
  }),
  ...stock(vanOf('lijianjun'), { A1: 4, A2: 2, U1: 3, U2: 2, U3: 3, U5: 2 }),
  ...stock(vanOf('sunhaifeng'), { A1: 1, A2: 1, V5: 1, V6: 6, V7: 2 }),
  ...stock(vanOf('chenzhiqiang'), { I1: 3, I2: 4, I4: 2, V6: 2, V7: 1 }),
  ...stock(vanOf('zhoupeng'), { A1: 2, A2: 1, I1: 2, I2: 3 }),
  ...stock(vanOf('xulei'), { C2: 2, C4: 1, C5: ['YL-2508-3303'], C7: 2, U1: 2, U2: 1 }),
  ...stock(vanOf('guxiaodong'), { A2: 2, A3: 2, C2: 1 }),
  ...stock(vanOf('shenguoliang'), { I1: 2, I2: 3, I4: 2, V5: 1, V6: 4, V7: 1 }),
  ...stock(vanOf('huangjunjie'), { A1: 3, A2: 2, A3: 1 }),
  ...stock(vanOf('hezhiheng'), { I1: 3, I2: 2, I4: 1 }),
]
