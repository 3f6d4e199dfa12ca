import { assetAnnotations } from './asset-annotations.ts'
import { schemaVersion, type Dashboard, type DataLink } from './dashboard.ts'
import { fileLink, fleetLink, ticketsLink } from './links.ts'
import { layOut } from './layout.ts'
import {
  colourOf,
  fixed,
  forField,
  goodAtNone,
  hiddenColumn,
  linkColumn,
  list,
  stat,
  timeColumn,
  timeline,
  wordColumn,
} from './panels.ts'
import { signalTrends } from './signal-trends.ts'
import { limitOfPeak, table, trend } from './queries.ts'
import { assetVariables, chosen } from './variables.ts'
import {
  colours,
  healthWords,
  levelWords,
  mapping,
  priorityWords,
  runStateWords,
  sourceWords,
  stateWords,
  ticketStateWords,
} from './words.ts'

const ofMachine = 'machine_id::text = ${machine:sqlstring}'

const openFile: DataLink = {
  title: '打开设备档案',
  url: '${fettle:raw}/assets/${machine:raw}',
  targetBlank: true,
}
const openTicket: DataLink = {
  title: '打开工单',
  url: '${fettle:raw}/tickets/${__data.fields.ticket_id:raw}',
  targetBlank: true,
}

const now = stat({
  title: '现在',
  description: 'What the machine does now; a click on its serial number opens its file in Fettle',
  target: table(
    'A',
    `
    select serial as "序列号", state as "状态", health as "健康", open_alarms as "未清报警", open_tickets as "未结工单",
      last_reading_at as "最近数据"
    from dashboards.machines
    where id::text = \${machine:sqlstring}`,
  ),
  overrides: [
    forField('序列号', { links: [openFile], color: fixed(colours.calm) }),
    forField('状态', { mappings: [mapping(stateWords)] }),
    forField('健康', { mappings: [mapping(healthWords)] }),
    goodAtNone('未清报警', colours.critical),
    colourOf('未结工单', colours.calm),
    forField('最近数据', { unit: 'dateTimeFromNow' }),
  ],
})

const runState = timeline({
  title: '运行状态',
  description: 'Run state over time, as the machine tells it',
  interval: '5s',
  words: runStateWords,
  target: trend(
    'A',
    `SELECT last("value") AS "运行状态" FROM "reading"
     WHERE "signal" = '\${run_state:raw}' AND "quality" < 2 AND $timeFilter GROUP BY time($__interval) fill(null)`,
  ),
})

const standingWords = {
  'high-high': levelWords['high-high'],
  high: levelWords.high,
  low: levelWords.low,
  'low-low': levelWords['low-low'],
  normal: ['正常', colours.ok],
  bad: ['坏值', colours.none],
} as const

const latest = list({
  title: '最新值',
  description:
    'The newest value of every signal with its limits; a value beyond a limit is called as its alarm would be',
  target: table(
    'A',
    `
    select name as "测点", latest as "最新值",
      case when latest_quality = 2 then 'bad' when latest_value >= hh then 'high-high' when latest_value <= ll then 'low-low'
        when latest_value >= h then 'high' when latest_value <= l then 'low'
        when latest_value is not null and num_nonnulls(hh, h, l, ll) > 0 then 'normal' end as "判断",
      ll as "低低限", l as "低限", h as "高限", hh as "高高限", latest_at as "时间"
    from dashboards.signals
    where ${ofMachine}
    order by headline nulls last, key`,
  ),
  overrides: [wordColumn('判断', standingWords, 90), timeColumn('时间')],
})

const alarms = list({
  title: '报警记录',
  description: 'Alarms of this machine that held within the span that is shown, newest first',
  target: table(
    'A',
    `
    select ticket_id, raised_at as "开始", cleared_at as "解除", signal as "测点", peak_level as "级别",
      round(peak_value::numeric, decimals) || ' ' || unit as "峰值", ${limitOfPeak} as "限值",
      failure_mode as "疑似故障", ticket_number as "工单", case when late then '补传' else '' end as "备注"
    from dashboards.alarms
    where ${ofMachine}
      and raised_at <= $__timeTo()::timestamptz and coalesce(cleared_at, now()) >= $__timeFrom()::timestamptz
    order by raised_at desc`,
  ),
  overrides: [
    hiddenColumn('ticket_id'),
    timeColumn('开始'),
    timeColumn('解除'),
    wordColumn('级别', levelWords, 90),
    linkColumn('工单', openTicket, 170),
  ],
})

const tickets = list({
  title: '工单记录',
  description: 'All tickets of this machine, newest first; the number opens the ticket',
  target: table(
    'A',
    `
    select id as ticket_id, number as "工单", created_at as "开单", title as "标题", state as "状态", priority as "优先级",
      source as "来源", due_at as "时限", closed_at as "关闭"
    from dashboards.tickets
    where ${ofMachine}
    order by created_at desc
    limit 200`,
  ),
  overrides: [
    hiddenColumn('ticket_id'),
    linkColumn('工单', openTicket, 170),
    wordColumn('状态', ticketStateWords, 110),
    wordColumn('优先级', priorityWords, 90),
    wordColumn('来源', sourceWords, 110),
    timeColumn('开单'),
    timeColumn('时限'),
    timeColumn('关闭'),
  ],
})

const texts = timeline({
  title: '${text_signal:text}',
  description: 'A signal of texts over time, such as the program that runs',
  interval: '5s',
  repeat: 'text_signal',
  target: trend(
    'A',
    `SELECT last("text") AS "文本" FROM "reading"
     WHERE "signal" = '\${text_signal:raw}' AND "quality" < 2 AND $timeFilter GROUP BY time($__interval) fill(none)`,
  ),
})

const textNames = list({
  title: '文本测点最新值',
  description: 'The newest text of each of them',
  target: table(
    'A',
    `
    select name as "测点", latest_text as "最新值", latest_at as "时间"
    from dashboards.signals
    where ${chosen('id', 'text_signal')}
    order by key`,
  ),
  overrides: [timeColumn('时间')],
})

export const assetDashboard: Dashboard = {
  uid: 'fettle-asset',
  title: '设备详情',
  description: 'One machine: its trends with their limits, alarms and tickets (Fettle)',
  tags: ['fettle'],
  schemaVersion,
  version: 1,
  timezone: 'browser',
  weekStart: 'monday',
  editable: false,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-6h', to: 'now' },
  templating: { list: assetVariables },
  annotations: { list: assetAnnotations },
  links: [fleetLink, fileLink, ticketsLink],
  panels: layOut([
    { height: 4, panels: [[24, now]] },
    { height: 4, panels: [[24, runState]] },
    { section: '测点趋势' },
    { height: 8, panels: [[24, signalTrends]] },
    { section: '最新值与记录' },
    { height: 12, panels: [[24, latest]] },
    {
      height: 9,
      panels: [
        [12, alarms],
        [12, tickets],
      ],
    },
    {
      section: '文本测点',
      collapsed: [
        { height: 6, panels: [[24, textNames]] },
        { height: 4, panels: [[24, texts]] },
      ],
    },
  ]),
}
