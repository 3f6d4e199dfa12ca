import { schemaVersion, type Dashboard, type DataLink } from './dashboard.ts'
import { assetLink, homeLink } from './links.ts'
import { layOut } from './layout.ts'
import {
  bars,
  colourOf,
  colourOfWords,
  countColumn,
  forField,
  goodAtNone,
  hiddenColumn,
  linkColumn,
  list,
  pie,
  stat,
  timeColumn,
  wordColumn,
} from './panels.ts'
import { series, table, trend } from './queries.ts'
import { chosen, fleetVariables } from './variables.ts'
import {
  colours,
  countOfEach,
  healthWords,
  levelWords,
  priorityWords,
  sourceWords,
  stateWords,
  ticketStateWords,
  wordOf,
} from './words.ts'

const shown = chosen('id', 'machine')
const ofShown = chosen('machine_id', 'machine')

const openMachine: DataLink = {
  title: '设备详情',
  url: '/d/fettle-asset?var-machine=${__data.fields.id:raw}&${__url_time_range}',
  targetBlank: false,
}
const openTicket: DataLink = {
  title: '打开工单',
  url: '${fettle:raw}/tickets/${__data.fields.id:raw}',
  targetBlank: true,
}

const states = stat({
  title: '设备状态',
  description: 'Machines by what they do now',
  target: table(
    'A',
    `select count(*) as "设备",\n  ${countOfEach('state', stateWords)}\nfrom dashboards.machines\nwhere ${shown}`,
  ),
  overrides: [colourOf('设备', colours.calm), ...colourOfWords(stateWords)],
})

const alarmLevels = stat({
  title: '未清报警',
  description: 'Alarms that are active now, by level',
  target: table(
    'A',
    `select ${countOfEach('level', levelWords)}\nfrom dashboards.alarms\nwhere cleared_at is null and ${ofShown}`,
  ),
  overrides: Object.values(levelWords).map(([text, colour]) => goodAtNone(text, colour)),
})

const healthShares = pie({
  title: '健康分布',
  description: 'Machines by health: active alarms and how near to their limits the signals are',
  target: table('A', `select ${countOfEach('health', healthWords)}\nfrom dashboards.machines\nwhere ${shown}`),
  words: healthWords,
})

const ticketFigures = stat({
  title: '工单',
  description:
    'Tickets that are not finished, those of them past their promise, and those that machines raised themselves',
  target: table(
    'A',
    `
    select count(*) filter (where is_open) as "未结",
      count(*) filter (where is_overdue) as "超时",
      count(*) filter (where is_open and source = 'alarm') as "设备自报"
    from dashboards.tickets
    where ${ofShown}`,
  ),
  overrides: [
    colourOf('未结', colours.calm),
    goodAtNone('超时', colours.critical),
    colourOf('设备自报', colours.warning),
  ],
})

const machines = list({
  title: '设备清单',
  description: 'Every machine with its latest headline values; the key opens its details',
  target: table(
    'A',
    `
    select id, key as "设备", name as "名称", customer as "客户", site as "现场", model as "机型", state as "状态", health as "健康",
      headline as "主要测点", open_alarms as "未清报警", open_tickets as "未结工单", last_reading_at as "最近数据"
    from dashboards.machines
    where ${shown}
    order by array_position(array['critical', 'warning', 'unknown', 'ok'], health), key`,
  ),
  overrides: [
    hiddenColumn('id'),
    linkColumn('设备', openMachine, 160),
    wordColumn('状态', stateWords, 90),
    wordColumn('健康', healthWords, 90),
    forField('主要测点', { 'custom.minWidth': 380 }),
    countColumn('未清报警', colours.critical),
    countColumn('未结工单', colours.warning),
    timeColumn('最近数据'),
  ],
})

const alarmCounts = bars({
  title: '报警趋势',
  description: 'Alarms by the time they were raised and the highest level they reached',
  interval: '5m',
  target: series(
    'A',
    `
    select $__timeGroup(raised_at, $__interval, 0) as time, ${wordOf('peak_level', levelWords)} as metric, count(*) as value
    from dashboards.alarms
    where $__timeFilter(raised_at) and ${ofShown}
    group by 1, 2
    order by 1`,
  ),
  overrides: colourOfWords(levelWords),
})

const ticketCounts = bars({
  title: '新开工单',
  description: 'Tickets by the time they were opened and who asked',
  interval: '5m',
  target: series(
    'A',
    `
    select $__timeGroup(created_at, $__interval, 0) as time, ${wordOf('source', sourceWords)} as metric, count(*) as value
    from dashboards.tickets
    where $__timeFilter(created_at) and ${ofShown}
    group by 1, 2
    order by 1`,
  ),
  overrides: colourOfWords(sourceWords),
})

const arrivals = bars({
  title: '数据到达',
  description: 'Readings of the machines chosen, by their own time',
  interval: '1m',
  isStacked: false,
  target: trend(
    'A',
    `SELECT count("quality") AS "读数" FROM "reading"
     WHERE "asset" =~ /^\${machine:regex}$/ AND $timeFilter GROUP BY time($__interval) fill(0)`,
  ),
  overrides: [colourOf('读数', colours.calm)],
})

const openTickets = list({
  title: '未结工单',
  description: 'Tickets that are not finished, the most urgent promise first; the number opens the ticket',
  target: table(
    'A',
    `
    select t.id, t.number as "工单", m.key as "设备", m.customer as "客户", t.title as "标题", t.state as "状态",
      t.priority as "优先级", t.source as "来源", t.due_at as "时限",
      case when t.is_overdue then '超时' else '' end as "超时", t.created_at as "开单"
    from dashboards.tickets t
    join dashboards.machines m on m.id = t.machine_id
    where t.is_open and ${chosen('t.machine_id', 'machine')}
    order by t.due_at nulls last, t.created_at`,
  ),
  overrides: [
    hiddenColumn('id'),
    linkColumn('工单', openTicket, 170),
    wordColumn('状态', ticketStateWords, 110),
    wordColumn('优先级', priorityWords, 90),
    wordColumn('来源', sourceWords, 110),
    wordColumn('超时', { 超时: ['超时', colours.critical] }, 80),
    timeColumn('时限'),
    timeColumn('开单'),
  ],
})

export const fleetDashboard: Dashboard = {
  uid: 'fettle-fleet',
  title: '设备群监控',
  description: 'The fleet at a glance: states, alarms, health and tickets (Fettle)',
  tags: ['fettle'],
  schemaVersion,
  version: 1,
  timezone: 'browser',
  weekStart: 'monday',
  editable: false,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-24h', to: 'now' },
  templating: { list: fleetVariables },
  annotations: { list: [] },
  links: [assetLink, homeLink],
  panels: layOut([
    {
      height: 5,
      panels: [
        [11, states],
        [5, alarmLevels],
        [4, healthShares],
        [4, ticketFigures],
      ],
    },
    { height: 14, panels: [[24, machines]] },
    {
      height: 8,
      panels: [
        [8, alarmCounts],
        [8, ticketCounts],
        [8, arrivals],
      ],
    },
    { height: 10, panels: [[24, openTickets]] },
  ]),
}
