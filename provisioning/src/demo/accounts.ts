import type { Role } from '@fettle/contracts/roles'

export interface DemoAccount {
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly engineerKey: string | null
  readonly customerKey: string | null
  readonly branchKey: string | null
  /** Prefix of 省市区 codes that a region-scoped role sees; '' is everywhere. */
  readonly regionPrefix: string
}

type Scope = Partial<Pick<DemoAccount, 'engineerKey' | 'customerKey' | 'branchKey' | 'regionPrefix'>>

const account = (username: string, name: string, role: Role, scope: Scope = {}): DemoAccount => ({
  username,
  name,
  role,
  engineerKey: null,
  customerKey: null,
  branchKey: null,
  regionPrefix: '',
  ...scope,
})
const engineer = (engineerKey: string, name: string, regionPrefix: string, username = engineerKey): DemoAccount =>
  account(username, name, 'engineer', { engineerKey, regionPrefix })
const branchEngineer = (engineerKey: string, name: string): DemoAccount =>
  account(engineerKey, name, 'engineer', { engineerKey, regionPrefix: '4419', branchKey: 'dongguan' })
const customer = (customerKey: string, name: string, username = customerKey): DemoAccount =>
  account(username, name, 'customer', { customerKey })

/** One for every role, and one for every further engineer and customer. All names are invented. */
export const accounts: readonly DemoAccount[] = [
  account('admin', '林书涵', 'admin'),
  account('manager', '赵立群', 'manager'),
  account('dispatcher', '周岚', 'dispatcher'),
  account('desk', '许静', 'desk'),
  engineer('wangzhenguo', '王振国', '3715', 'engineer'),
  account('branch', '曾伟健', 'branch', { branchKey: 'dongguan', regionPrefix: '4419' }),
  account('storekeeper', '马春燕', 'storekeeper'),
  account('finance', '韩雪梅', 'finance'),
  account('expert', '郑国栋', 'expert'),
  account('quality', '吴晓峰', 'quality'),
  customer('runchang', '孟庆华', 'customer'),

  engineer('lijianjun', '李建军', '3715'),
  engineer('sunhaifeng', '孙海峰', '3715'),
  engineer('chenzhiqiang', '陈志强', '3205'),
  engineer('zhoupeng', '周鹏', '3205'),
  engineer('xulei', '徐磊', '3205'),
  engineer('guxiaodong', '顾晓东', '3205'),
  engineer('shenguoliang', '沈国良', '3302'),
  branchEngineer('huangjunjie', '黄俊杰'),
  branchEngineer('hezhiheng', '何志恒'),

  customer('dingzhou', '曹德胜'),
  customer('hongtuo', '顾益民'),
  customer('lanke', '沈佩文'),
  customer('xiangyue', '贺建平'),
  customer('qipei', '邓炳权'),
]
