import type { Position, Text } from '@fettle/contracts/scalars'

export interface DemoCertificate {
  readonly key: CertificateKey
  /** Null where it never expires. */
  readonly expiresOn: string | null
}

export interface DemoEngineer {
  readonly key: string
  readonly name: string
  readonly level: number
  readonly regionCode: string
  readonly baseName: string
  readonly base: Position
  readonly branchKey: string | null
  /** Model family to skill level, 1 to 5. */
  readonly skills: Readonly<Record<string, number>>
  readonly certificates: readonly DemoCertificate[]
  /** Monday 1 to Sunday 7, local hours. */
  readonly workdays: readonly number[]
  readonly dayStart: string
  readonly dayEnd: string
}

export const certificateKeys = ['electrician', 'refrigeration', 'va-2', 'height'] as const
export type CertificateKey = (typeof certificateKeys)[number]

export const certificateNames: Readonly<Record<CertificateKey, Text>> = {
  electrician: { zh: '低压电工证', en: 'low-voltage electrician licence' },
  refrigeration: { zh: '制冷作业证', en: 'refrigeration licence' },
  'va-2': { zh: '振动分析师 VA-II（ISO 18436-2）', en: 'vibration analyst VA-II (ISO 18436-2)' },
  height: { zh: '高处作业证', en: 'work-at-height licence' },
}

const sixDays = { workdays: [1, 2, 3, 4, 5, 6], dayStart: '08:00', dayEnd: '18:00' } as const
const fiveDays = { workdays: [1, 2, 3, 4, 5], dayStart: '08:30', dayEnd: '17:30' } as const
const electrician = (expiresOn: string): DemoCertificate => ({ key: 'electrician', expiresOn })

export const engineers: readonly DemoEngineer[] = [
  {
    key: 'wangzhenguo',
    name: '王振国',
    level: 4,
    regionCode: '371502',
    baseName: '聊城',
    base: { latitude: 36.4562, longitude: 115.9854 },
    branchKey: null,
    skills: { AC: 5, P: 4 },
    certificates: [electrician('2029-06-30'), { key: 'va-2', expiresOn: '2030-03-31' }],
    ...sixDays,
  },
  {
    key: 'lijianjun',
    name: '李建军',
    level: 3,
    regionCode: '371502',
    baseName: '聊城',
    base: { latitude: 36.4413, longitude: 116.0089 },
    branchKey: null,
    skills: { P: 4, AC: 3 },
    certificates: [electrician('2028-09-15')],
    ...sixDays,
  },
  {
    key: 'sunhaifeng',
    name: '孙海峰',
    level: 2,
    regionCode: '371581',
    baseName: '临清',
    base: { latitude: 36.8423, longitude: 115.7057 },
    branchKey: null,
    skills: { VMC: 3, AC: 2 },
    certificates: [electrician('2026-12-10')],
    ...sixDays,
  },
  {
    key: 'chenzhiqiang',
    name: '陈志强',
    level: 4,
    regionCode: '320583',
    baseName: '昆山',
    base: { latitude: 31.3856, longitude: 120.9581 },
    branchKey: null,
    skills: { IM: 5, VMC: 3 },
    certificates: [electrician('2029-11-30')],
    ...fiveDays,
  },
  {
    key: 'zhoupeng',
    name: '周鹏',
    level: 2,
    regionCode: '320583',
    baseName: '昆山',
    base: { latitude: 31.3419, longitude: 120.9467 },
    branchKey: null,
    skills: { IM: 3, AC: 2 },
    certificates: [electrician('2028-04-20')],
    ...sixDays,
  },
  {
    key: 'xulei',
    name: '徐磊',
    level: 4,
    regionCode: '320505',
    baseName: '苏州',
    base: { latitude: 31.2946, longitude: 120.5664 },
    branchKey: null,
    skills: { CH: 5, P: 3 },
    certificates: [
      { key: 'refrigeration', expiresOn: '2029-05-31' },
      electrician('2029-05-31'),
      { key: 'height', expiresOn: '2028-10-31' },
    ],
    ...fiveDays,
  },
  {
    key: 'guxiaodong',
    name: '顾晓东',
    level: 3,
    regionCode: '320505',
    baseName: '苏州',
    base: { latitude: 31.2989, longitude: 120.5853 },
    branchKey: null,
    skills: { CH: 3, AC: 4 },
    // Expired: blocked for work on refrigerant until it is renewed.
    certificates: [{ key: 'refrigeration', expiresOn: '2026-05-31' }],
    ...fiveDays,
  },
  {
    key: 'shenguoliang',
    name: '沈国良',
    level: 3,
    regionCode: '330206',
    baseName: '宁波',
    base: { latitude: 29.8683, longitude: 121.544 },
    branchKey: null,
    skills: { IM: 4, VMC: 4 },
    certificates: [electrician('2028-12-31')],
    ...sixDays,
  },
  {
    key: 'huangjunjie',
    name: '黄俊杰',
    level: 3,
    regionCode: '441900',
    baseName: '东莞',
    base: { latitude: 23.0207, longitude: 113.7518 },
    branchKey: 'dongguan',
    skills: { AC: 4, P: 2 },
    certificates: [electrician('2029-02-28')],
    ...sixDays,
  },
  {
    key: 'hezhiheng',
    name: '何志恒',
    level: 2,
    regionCode: '441900',
    baseName: '东莞',
    base: { latitude: 22.9614, longitude: 113.7896 },
    branchKey: 'dongguan',
    skills: { IM: 3 },
    certificates: [electrician('2027-08-31')],
    ...sixDays,
  },
]
