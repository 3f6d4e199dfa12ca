import type { Text } from '@fettle/contracts/scalars'

export interface DemoInstalledPart {
  readonly partCode: string
  readonly serial: string
  /** The supplier's batch; a defective one makes a claim. */
  readonly batch: string
  /** Local day. */
  readonly installedOn: string
}

export interface DemoAsset {
  /** The device key of the uplink, and the serial number on the plate. */
  readonly key: string
  readonly serial: string
  readonly name: string
  readonly modelKey: string
  readonly customerKey: string
  readonly siteKey: string
  readonly installedOn: string
  readonly warrantyUntil: string
  /** What this machine has beyond its model's specification. */
  readonly specification: readonly { readonly label: Text; readonly value: string }[]
  /** Parts with a number that are in it from the beginning. */
  readonly installedParts: readonly DemoInstalledPart[]
}

const place: Text = { zh: '安装位置', en: 'Place' }
const role: Text = { zh: '用途', en: 'Duty' }
const set: Text = { zh: '整定', en: 'Setting' }
const oil: Text = { zh: '润滑油', en: 'Oil' }

const original = (installedOn: string, fanMotor: string, airend: string): DemoInstalledPart[] => [
  { partCode: 'A5', serial: fanMotor, batch: fanMotor.slice(5, 9), installedOn },
  { partCode: 'A7', serial: airend, batch: airend.slice(5, 9), installedOn },
]

export const assets: readonly DemoAsset[] = [
  {
    key: 'AC75-2403-0117',
    serial: 'AC75-2403-0117',
    name: '1# 空压机',
    modelKey: 'AC75',
    customerKey: 'dingzhou',
    siteKey: 'dingzhou-linqing',
    installedOn: '2024-04-18',
    warrantyUntil: '2025-04-17',
    specification: [
      { label: place, value: '磨加工车间北侧空压站，1 号位' },
      { label: role, value: '主用，三班连续' },
      { label: set, value: '加载 0.66 / 卸载 0.80 MPa' },
      { label: oil, value: '螺杆油 46#，60 L' },
    ],
    installedParts: original('2024-04-18', 'YF22-2403-0586', 'ZJ75-2401-0117'),
  },
  {
    key: 'AC75-2309-0064',
    serial: 'AC75-2309-0064',
    name: '2# 空压机',
    modelKey: 'AC75',
    customerKey: 'dingzhou',
    siteKey: 'dingzhou-linqing',
    installedOn: '2023-10-26',
    warrantyUntil: '2024-10-25',
    specification: [
      { label: place, value: '磨加工车间北侧空压站，2 号位' },
      { label: role, value: '调峰' },
      { label: set, value: '加载 0.66 / 卸载 0.78 MPa' },
      { label: oil, value: '螺杆油 46#，60 L' },
    ],
    installedParts: original('2023-10-26', 'YF22-2308-0211', 'ZJ75-2307-0064'),
  },
  {
    key: 'AC75-2206-0021',
    serial: 'AC75-2206-0021',
    name: '空压机 A',
    modelKey: 'AC75',
    customerKey: 'hongtuo',
    siteKey: 'hongtuo-kunshan',
    installedOn: '2022-07-12',
    warrantyUntil: '2027-03-14',
    specification: [
      { label: place, value: '注塑车间东头空压站' },
      { label: role, value: '机械手与吹瓶用气' },
      { label: set, value: '加载 0.67 / 卸载 0.79 MPa' },
      { label: { zh: '质保', en: 'Warranty' }, value: '延保至 2027-03-14，易损件除外' },
    ],
    installedParts: original('2022-07-12', 'YF22-2205-0093', 'ZJ75-2204-0021'),
  },
  {
    key: 'AC75-2111-0143',
    serial: 'AC75-2111-0143',
    name: '空压机',
    modelKey: 'AC75',
    customerKey: 'qipei',
    siteKey: 'qipei-dongguan',
    installedOn: '2021-12-08',
    warrantyUntil: '2022-12-07',
    specification: [
      { label: place, value: 'B 栋一楼冲压车间' },
      { label: role, value: '冲床离合与喷涂用气' },
      { label: set, value: '加载 0.65 / 卸载 0.79 MPa' },
    ],
    installedParts: original('2021-12-08', 'YF22-2110-0377', 'ZJ75-2109-0143'),
  },
  {
    key: 'P100-2208-0301',
    serial: 'P100-2208-0301',
    name: '1# 加压泵',
    modelKey: 'P100',
    customerKey: 'runchang',
    siteKey: 'runchang-liaocheng',
    installedOn: '2022-09-20',
    warrantyUntil: '2023-09-19',
    specification: [
      { label: place, value: '地下一层泵房，1 号位' },
      { label: role, value: '主用' },
    ],
    installedParts: [{ partCode: 'U6', serial: 'ZW6-2207-1180', batch: '2207', installedOn: '2022-09-20' }],
  },
  {
    key: 'P100-2208-0302',
    serial: 'P100-2208-0302',
    name: '2# 加压泵',
    modelKey: 'P100',
    customerKey: 'runchang',
    siteKey: 'runchang-liaocheng',
    installedOn: '2022-09-20',
    warrantyUntil: '2023-09-19',
    specification: [
      { label: place, value: '地下一层泵房，2 号位' },
      { label: role, value: '主用' },
    ],
    installedParts: [{ partCode: 'U6', serial: 'ZW6-2207-1181', batch: '2207', installedOn: '2022-09-20' }],
  },
  {
    key: 'P100-2208-0303',
    serial: 'P100-2208-0303',
    name: '3# 加压泵',
    modelKey: 'P100',
    customerKey: 'runchang',
    siteKey: 'runchang-liaocheng',
    installedOn: '2022-09-20',
    warrantyUntil: '2023-09-19',
    specification: [
      { label: place, value: '地下一层泵房，3 号位' },
      { label: role, value: '备用' },
    ],
    installedParts: [{ partCode: 'U6', serial: 'ZW6-2207-1184', batch: '2207', installedOn: '2022-09-20' }],
  },
  {
    key: 'P100-2305-0412',
    serial: 'P100-2305-0412',
    name: '工艺水泵 P-07',
    modelKey: 'P100',
    customerKey: 'lanke',
    siteKey: 'lanke-suzhou',
    installedOn: '2023-06-15',
    warrantyUntil: '2024-06-14',
    specification: [
      { label: place, value: '公用工程楼一层工艺水泵房' },
      { label: role, value: '工艺冷却水循环，昼夜恒流量' },
      { label: { zh: '验证', en: 'Qualification' }, value: 'GMP 直接影响系统，维修后须再确认' },
    ],
    installedParts: [{ partCode: 'U6', serial: 'ZW6-2304-0933', batch: '2304', installedOn: '2023-06-15' }],
  },
]
