export const overview = {
  title: '总览',
  alarms: {
    title: '当前报警',
    all: '全部报警',
    none: '没有进行中的报警。',
    crossed: '{{signal}} {{value}}，限值 {{limit}}',
  },
  due: {
    title: '即将到时限',
    all: '全部工单',
    none: '没有快到时限的工单。',
    unassigned: '未派单',
  },
  figures: {
    title: '经营概况',
    open: '未完工单',
    unassigned: '未派单',
    overdue: '已超时',
    closed: '近 30 天关闭',
    median: '关闭用时中位数',
    margin: '近 30 天毛利',
    made: '收入 {{revenue}}，成本 {{cost}}',
    covered: '其中合同与质保内 {{cost}}，年费不计入工单',
  },
  fleet: {
    title: '设备群',
    all: '全部设备',
    none: '还没有设备。',
    noneHint: '设备接入网关后会出现在这里。',
    alarms_other: '{{count}} 个进行中的报警',
    tickets_other: '{{count}} 张未完工单',
  },
} as const
