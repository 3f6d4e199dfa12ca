import type { Coverage, Site, Tier } from '@fettle/contracts/customers'

export interface DemoSite extends Omit<Site, 'id' | 'customerId'> {
  readonly key: string
}

export interface DemoContract {
  readonly coverage: Coverage
  readonly tier: Tier
  readonly startsOn: string
  readonly endsOn: string
  readonly annualFeeCents: number
  readonly wearPartsCharged: boolean
}

export interface DemoCustomer {
  readonly key: string
  readonly name: string
  readonly city: string
  readonly tier: Tier
  readonly terms: string
  readonly branchKey: string | null
  readonly sites: readonly DemoSite[]
  readonly contracts: readonly DemoContract[]
}

/** Positions are real towns in WGS-84; companies, addresses, people and numbers (124 is no mobile prefix) are invented. */
export const customers: readonly DemoCustomer[] = [
  {
    key: 'dingzhou',
    name: '鼎轴轴承',
    city: '临清',
    tier: 'platinum',
    terms: '月结 30 天',
    branchKey: null,
    sites: [
      {
        key: 'dingzhou-linqing',
        name: '鼎轴轴承烟店工厂',
        regionCode: '371581',
        address: '临清市烟店镇轴承工业园纬三路 18 号',
        position: { latitude: 36.6935, longitude: 115.612 },
        access: {
          gate: '走西门货运通道，门卫登记车牌；空压站在磨加工车间北侧',
          stopWindow: '周日 08:00–12:00',
          safetyTraining: true,
          contactName: '曹德胜',
          contactPhone: '12406350117',
        },
      },
    ],
    contracts: [
      {
        coverage: 'full',
        tier: 'platinum',
        startsOn: '2024-05-01',
        endsOn: '2029-04-30',
        annualFeeCents: 168_000_00,
        wearPartsCharged: false,
      },
    ],
  },
  {
    key: 'runchang',
    name: '润昌供水',
    city: '聊城',
    tier: 'gold',
    terms: '季结 90 天，对账单须加盖公章',
    branchKey: null,
    sites: [
      {
        key: 'runchang-liaocheng',
        name: '润昌供水城东加压站',
        regionCode: '371502',
        address: '聊城市东昌府区柳园南路 266 号',
        position: { latitude: 36.4365, longitude: 115.963 },
        access: {
          gate: '正门刷身份证，值班室领钥匙；泵房在清水池东侧地下一层',
          stopWindow: '23:00–05:00 用水低谷，一次只停一台',
          safetyTraining: false,
          contactName: '孟庆华',
          contactPhone: '12406350301',
        },
      },
    ],
    contracts: [
      {
        coverage: 'labour',
        tier: 'gold',
        startsOn: '2025-01-01',
        endsOn: '2029-12-31',
        annualFeeCents: 36_000_00,
        wearPartsCharged: true,
      },
    ],
  },
  {
    key: 'hongtuo',
    name: '弘拓汽饰',
    city: '昆山',
    tier: 'gold',
    terms: '月结 60 天，易损件另计',
    branchKey: null,
    sites: [
      {
        key: 'hongtuo-kunshan',
        name: '弘拓汽饰昆山工厂',
        regionCode: '320583',
        address: '昆山市经济技术开发区章基路 77 号',
        position: { latitude: 31.362, longitude: 120.991 },
        access: {
          gate: '2 号门访客系统预约，安全帽与反光背心自备；空压站在注塑车间东头',
          stopWindow: '周六 18:00 后换模时',
          safetyTraining: false,
          contactName: '顾益民',
          contactPhone: '12405120021',
        },
      },
    ],
    contracts: [
      {
        coverage: 'warranty',
        tier: 'gold',
        startsOn: '2025-03-15',
        endsOn: '2027-03-14',
        annualFeeCents: 0,
        wearPartsCharged: true,
      },
    ],
  },
  {
    key: 'lanke',
    name: '澜珂制药',
    city: '苏州',
    tier: 'platinum',
    terms: '月结 60 天，24 小时内交 GMP 维修报告',
    branchKey: null,
    sites: [
      {
        key: 'lanke-suzhou',
        name: '澜珂制药浒关工厂',
        regionCode: '320505',
        address: '苏州市虎丘区浒关工业园鸿禧路 9 号',
        position: { latitude: 31.3905, longitude: 120.497 },
        access: {
          gate: '南门物流口换证，进洁净区前更衣；工艺水泵房在公用工程楼一层',
          stopWindow: '两批之间，须提前 48 小时申请',
          safetyTraining: true,
          contactName: '沈佩文',
          contactPhone: '12405120412',
        },
      },
    ],
    contracts: [
      {
        coverage: 'maintenance',
        tier: 'platinum',
        startsOn: '2025-07-01',
        endsOn: '2030-06-30',
        annualFeeCents: 128_000_00,
        wearPartsCharged: false,
      },
    ],
  },
  {
    key: 'xiangyue',
    name: '象岳模塑',
    city: '宁波',
    tier: 'silver',
    terms: '预付 30 %，完工付清',
    branchKey: null,
    sites: [
      {
        key: 'xiangyue-ningbo',
        name: '象岳模塑北仑工厂',
        regionCode: '330206',
        address: '宁波市北仑区大碶模具园区沿山河路 35 号',
        position: { latitude: 29.9085, longitude: 121.824 },
        access: {
          gate: '东门登记，货梯上二楼注塑车间',
          stopWindow: null,
          safetyTraining: false,
          contactName: '贺建平',
          contactPhone: '12405740280',
        },
      },
    ],
    contracts: [],
  },
  {
    key: 'qipei',
    name: '启沛五金',
    city: '东莞',
    tier: 'none',
    terms: '先付款后维修，开普通发票',
    branchKey: 'dongguan',
    sites: [
      {
        key: 'qipei-dongguan',
        name: '启沛五金长安工厂',
        regionCode: '441900',
        address: '东莞市长安镇振安西路 112 号 B 栋',
        position: { latitude: 22.805, longitude: 113.802 },
        access: {
          gate: 'B 栋一楼卷帘门，打电话给机修主管开门',
          stopWindow: null,
          safetyTraining: false,
          contactName: '邓炳权',
          contactPhone: '12407690143',
        },
      },
    ],
    contracts: [],
  },
]
