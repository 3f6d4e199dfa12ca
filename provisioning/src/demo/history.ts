import type { CompletionReport } from '@fettle/contracts/visits'
import { vanOf } from './stock.ts'

export interface DemoPartUse {
  readonly partCode: string
  readonly quantity: string
  readonly locationKey: string
  /** The new one that went in, and the old one that came out; null where the part has no number. */
  readonly serial: string | null
  readonly removedSerial: string | null
}

/** A finished repair as a script: the same commands as today are run with the clock of that day. */
export interface DemoPastRepair {
  readonly assetKey: string
  readonly failureModeKey: string
  readonly source: 'phone' | 'portal' | 'qr'
  /** How the customer put it. */
  readonly title: string
  readonly daysAgo: number
  /** Local hour of the day at which it was reported, such as 8.5. */
  readonly reportedAtHour: number
  readonly engineerKey: string
  readonly partsUsed: readonly DemoPartUse[]
  readonly workHours: string
  readonly travelHours: string
  readonly travelKm: string
  readonly finding: string
  readonly work: string
  readonly outcome: CompletionReport['outcome']
  readonly signedBy: string
}

const fromVan = (engineerKey: string, partCode: string, quantity = '1'): DemoPartUse => ({
  partCode,
  quantity,
  locationKey: vanOf(engineerKey),
  serial: null,
  removedSerial: null,
})

/** Oldest first. */
export const history: readonly DemoPastRepair[] = [
  {
    assetKey: 'AC75-2403-0117',
    failureModeKey: 'AC-02',
    source: 'phone',
    title: '油分压差报警，电流偏高',
    daysAgo: 290,
    reportedAtHour: 9.2,
    engineerKey: 'wangzhenguo',
    partsUsed: [fromVan('wangzhenguo', 'A3'), fromVan('wangzhenguo', 'A2')],
    workHours: '2.5',
    travelHours: '1.8',
    travelKm: '110',
    finding: '油分压差 0.086 MPa，滤芯发黑，油品取样酸值正常',
    work: '停机泄压挂牌，更换油分芯与油滤，补油 2 L，加载后压差 0.024 MPa',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'P100-2208-0302',
    failureModeKey: 'P-01',
    source: 'phone',
    title: '2# 泵有异响，振动大',
    daysAgo: 262,
    reportedAtHour: 14.1,
    engineerKey: 'wangzhenguo',
    partsUsed: [fromVan('wangzhenguo', 'U2')],
    workHours: '5.5',
    travelHours: '0.4',
    travelKm: '8',
    finding: '驱动端振动 5.6 mm/s，外圈故障频率明显，润滑脂结块',
    work: '成对更换轴承，加脂，激光对中 0.03 mm；复测 1.9 mm/s',
    outcome: 'confirmed',
    signedBy: '孟庆华',
  },
  {
    assetKey: 'AC75-2111-0143',
    failureModeKey: 'AC-06',
    source: 'qr',
    title: '产气量不足，控制器提示空滤堵塞',
    daysAgo: 210,
    reportedAtHour: 10.6,
    engineerKey: 'huangjunjie',
    partsUsed: [fromVan('huangjunjie', 'A1')],
    workHours: '0.5',
    travelHours: '1.3',
    travelKm: '64',
    finding: '进气负压 6.1 kPa，滤芯满布金属粉尘',
    work: '更换空滤，清理进气罩；负压 1.9 kPa',
    outcome: 'confirmed',
    signedBy: '邓炳权',
  },
  {
    assetKey: 'AC75-2403-0117',
    failureModeKey: 'AC-06',
    source: 'portal',
    title: '1# 空压机负压报警',
    daysAgo: 205,
    reportedAtHour: 8.4,
    engineerKey: 'lijianjun',
    partsUsed: [fromVan('lijianjun', 'A1')],
    workHours: '0.7',
    travelHours: '1.8',
    travelKm: '116',
    finding: '进气负压 5.8 kPa，磨削粉尘附着滤芯',
    work: '更换空滤，建议每 1,000 小时检查一次；负压 2.0 kPa',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'P100-2305-0412',
    failureModeKey: 'P-02',
    source: 'phone',
    title: '工艺水泵机封滴漏',
    daysAgo: 180,
    reportedAtHour: 9.8,
    engineerKey: 'xulei',
    partsUsed: [fromVan('xulei', 'U1')],
    workHours: '4.2',
    travelHours: '0.9',
    travelKm: '33',
    finding: '泄漏 48 mL/h，动环端面有径向划痕',
    work: '更换机械密封，灌泵排气后试运行 1 小时，泄漏 1 mL/h；交 GMP 维修记录',
    outcome: 'confirmed',
    signedBy: '沈佩文',
  },
  {
    assetKey: 'AC75-2309-0064',
    failureModeKey: 'AC-01',
    source: 'phone',
    title: '2# 空压机高温跳机',
    daysAgo: 172,
    reportedAtHour: 13.3,
    engineerKey: 'wangzhenguo',
    partsUsed: [
      {
        partCode: 'A5',
        quantity: '1',
        locationKey: vanOf('wangzhenguo'),
        serial: 'YF22-2511-0338',
        removedSerial: 'YF22-2308-0211',
      },
    ],
    workHours: '2.3',
    travelHours: '1.8',
    travelKm: '110',
    finding: '排气 110 °C 跳机，风机不转，U 相绕组开路',
    work: '断电挂牌，更换风机电机，测三相电流 4.6/4.7/4.6 A，满载排气 88 °C',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'AC75-2206-0021',
    failureModeKey: 'AC-02',
    source: 'portal',
    title: '空压机 A 油分压差高',
    daysAgo: 150,
    reportedAtHour: 11.0,
    engineerKey: 'guxiaodong',
    partsUsed: [fromVan('guxiaodong', 'A3'), fromVan('guxiaodong', 'A2')],
    workHours: '2.6',
    travelHours: '1.7',
    travelKm: '101',
    finding: '油分压差 0.082 MPa，距上次更换 4,300 小时',
    work: '更换油分芯与油滤，压差 0.026 MPa',
    outcome: 'confirmed',
    signedBy: '顾益民',
  },
  {
    assetKey: 'P100-2208-0301',
    failureModeKey: 'P-02',
    source: 'phone',
    title: '1# 泵机封漏水',
    daysAgo: 140,
    reportedAtHour: 7.9,
    engineerKey: 'lijianjun',
    partsUsed: [fromVan('lijianjun', 'U1')],
    workHours: '3.8',
    travelHours: '0.4',
    travelKm: '12',
    finding: '泄漏 55 mL/h，静环密封圈老化',
    work: '切换备用泵，更换机械密封，试压 0.6 MPa 无泄漏',
    outcome: 'confirmed',
    signedBy: '孟庆华',
  },
  {
    assetKey: 'AC75-2403-0117',
    failureModeKey: 'AC-03',
    source: 'phone',
    title: '中午排气温度高，快到 100 度',
    daysAgo: 128,
    reportedAtHour: 13.6,
    engineerKey: 'wangzhenguo',
    partsUsed: [],
    workHours: '3',
    travelHours: '1.8',
    travelKm: '110',
    finding: '环境 35 °C 时排气 99 °C，温差 64 K，冷却器翅片被磨削粉尘与油雾糊住',
    work: '拆导风罩吹扫，碱性清洗剂浸泡后低压水冲洗，风干；温差降到 56 K',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'P100-2305-0412',
    failureModeKey: 'P-03',
    source: 'qr',
    title: '泵声音异常，流量抖动',
    daysAgo: 118,
    reportedAtHour: 15.4,
    engineerKey: 'xulei',
    partsUsed: [],
    workHours: '1.8',
    travelHours: '0.9',
    travelKm: '33',
    finding: '进口 −21 kPa，滤网被树脂碎屑堵住约一半',
    work: '清洗滤网，进口恢复到 22 kPa，流量 94 m³/h 稳定',
    outcome: 'operating-conditions',
    signedBy: '沈佩文',
  },
  {
    assetKey: 'AC75-2111-0143',
    failureModeKey: 'AC-01',
    source: 'phone',
    title: '空压机开机几分钟就高温停',
    daysAgo: 96,
    reportedAtHour: 8.9,
    engineerKey: 'huangjunjie',
    partsUsed: [
      {
        partCode: 'A5',
        quantity: '1',
        locationKey: 'CK-DG',
        serial: 'YF22-2511-0351',
        removedSerial: 'YF22-2110-0377',
      },
    ],
    workHours: '2.6',
    travelHours: '1.3',
    travelKm: '64',
    finding: '风机电机轴承抱死，热继电器动作',
    work: '更换风机电机，校热继电器 5.2 A，满载 40 分钟排气 90 °C',
    outcome: 'confirmed',
    signedBy: '邓炳权',
  },
  {
    assetKey: 'P100-2208-0303',
    failureModeKey: 'P-04',
    source: 'phone',
    title: '3# 泵检修后振动大',
    daysAgo: 41,
    reportedAtHour: 10.2,
    engineerKey: 'lijianjun',
    partsUsed: [fromVan('lijianjun', 'U3')],
    workHours: '3.1',
    travelHours: '0.4',
    travelKm: '12',
    finding: '2 倍转频突出，对中偏差 0.31 mm，地脚螺栓一处松动',
    work: '紧固地脚，激光对中 0.04 mm，更换弹性块；振动 4.2 降到 1.8 mm/s',
    outcome: 'confirmed',
    signedBy: '孟庆华',
  },
  {
    assetKey: 'AC75-2403-0117',
    failureModeKey: 'AC-05',
    source: 'phone',
    title: '压力上不去，机器不加载',
    daysAgo: 26,
    reportedAtHour: 6.7,
    engineerKey: 'wangzhenguo',
    partsUsed: [fromVan('wangzhenguo', 'A6')],
    workHours: '2.2',
    travelHours: '1.8',
    travelKm: '110',
    finding: '压力 0.56 MPa、电流 61 A，加载电磁阀线圈时断时续，膜片硬化',
    work: '更换进气阀维修包，校加载 0.66 / 卸载 0.80 MPa，连续加卸载 10 次正常',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'AC75-2309-0064',
    failureModeKey: 'AC-06',
    source: 'portal',
    title: '2# 空压机负压偏高',
    daysAgo: 17,
    reportedAtHour: 9.5,
    engineerKey: 'lijianjun',
    partsUsed: [fromVan('lijianjun', 'A1')],
    workHours: '0.6',
    travelHours: '1.8',
    travelKm: '116',
    finding: '进气负压 5.3 kPa',
    work: '更换空滤，负压 2.2 kPa',
    outcome: 'confirmed',
    signedBy: '曹德胜',
  },
  {
    assetKey: 'AC75-2206-0021',
    failureModeKey: 'AC-06',
    source: 'qr',
    title: '空压机 A 提示更换空滤',
    daysAgo: 9,
    reportedAtHour: 16.1,
    engineerKey: 'zhoupeng',
    partsUsed: [fromVan('zhoupeng', 'A1')],
    workHours: '0.5',
    travelHours: '0.5',
    travelKm: '13',
    finding: '进气负压 5.1 kPa，滤芯积尘',
    work: '更换空滤，负压 1.6 kPa',
    outcome: 'confirmed',
    signedBy: '顾益民',
  },
]

const dayMs = 86_400_000
const chinaMs = 8 * 3_600_000

/** When a past repair was reported, for a demonstration that begins at `now`: that many local days before. */
export function reportedAt({ daysAgo, reportedAtHour }: DemoPastRepair, now: Date): Date {
  const today = Math.floor((now.getTime() + chinaMs) / dayMs) * dayMs - chinaMs
  return new Date(today - daysAgo * dayMs + Math.round(reportedAtHour * 60) * 60_000)
}
