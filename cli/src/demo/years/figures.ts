import type { Database } from '@fettle/db/client'
import { dayMs, dayOf, isHoliday, weekdayOf } from './china-time.ts'
import { badBatch } from './money-plan.ts'
import { targets } from './targets.ts'

/** What a span of the demonstration adds up to, counted from its rows. Shares are of 1; null where nothing was counted. */
export interface YearFigures {
  readonly machines: number
  readonly connected: number
  readonly tickets: number
  readonly bySource: Readonly<Record<string, number>>
  /** Of the repairs for which somebody came: one visit, and nobody had to come again. */
  readonly firstTimeFix: number | null
  /** Of the same: another appointment was needed before it was done. */
  readonly secondVisits: number | null
  /** Of the faults that were not cancelled or merged: solved over the phone. */
  readonly remote: number | null
  /** Of the visited tickets to which an hour of arrival was promised. */
  readonly arrivalSla: number | null
  readonly visits: number
  /** Per engineer and working day (Monday to Friday, no holidays). */
  readonly visitsPerDay: number | null
  /** Work and travel. */
  readonly hoursPerVisit: number | null
  /** Hours of visits in a working day of eight. */
  readonly utilisation: number | null
  /** Of all tickets together, without tax. */
  readonly margin: number | null
  /** Of the tickets with money: those that cost more than they brought. */
  readonly negative: number | null
  readonly alarmTickets: number
  /** Of the alarm tickets with a report: the alarm was right. */
  readonly alarmPrecision: number | null
  /** Of the parts that must come back and were due: within thirty days. */
  readonly oldPartsBack: number | null
  readonly fanFailures: number
  readonly fanFailuresOfBadBatch: number
  /** The product does not ask for a rating yet. */
  readonly csat: null
}

export interface FiguresSpan {
  readonly fromMs: number
  readonly toMs: number
}

interface Row {
  readonly [figure: string]: number | null
}

/** All repairs are of tickets that were opened within the span. */
const ofTickets = `
  with ticket as (
    select t.*,
      exists (select from ticket_events e where e.ticket_id = t.id and e.action = 'resolve-remotely') as remote,
      exists (select from ticket_events e where e.ticket_id = t.id and e.action = 'schedule' and e.from_state = 'repairing') as again,
      exists (select from ticket_events e where e.ticket_id = t.id and e.action in ('dispute', 'reopen')) as rework,
      exists (select from visits v where v.ticket_id = t.id and v.state = 'done') as visited
    from tickets t where t.created_at >= $1 and t.created_at < $2
  ), money as (
    select ticket_id, sum(net_cents) filter (where side = 'revenue') as revenue,
      sum(net_cents) filter (where side = 'cost') as cost
    from money_lines where ticket_id in (select id from ticket) group by 1
  )
  select count(*)::int as tickets,
    count(*) filter (where source <> 'preventive' and visited)::int as repairs,
    count(*) filter (where source <> 'preventive' and visited and not again and not rework)::int as "firstTime",
    count(*) filter (where source <> 'preventive' and visited and again)::int as again,
    count(*) filter (where source <> 'preventive' and state not in ('cancelled', 'merged'))::int as faults,
    count(*) filter (where remote)::int as remote,
    count(*) filter (where arrive_due_at is not null and arrived_at is not null)::int as promised,
    count(*) filter (where arrived_at <= arrive_due_at)::int as kept,
    count(*) filter (where source = 'alarm')::int as "alarmTickets",
    (select count(*) from money)::int as "withMoney",
    (select count(*) from money where coalesce(revenue, 0) < coalesce(cost, 0))::int as negative,
    (select sum(revenue)::float8 from money) as revenue,
    (select sum(cost)::float8 from money) as cost
  from ticket`

const ofVisits = `
  select count(*)::int as visits, sum(v.work_hours + v.travel_hours)::float8 as hours
    from visits v join tickets t on t.id = v.ticket_id
   where v.state = 'done' and t.created_at >= $1 and t.created_at < $2`

/** The newest report of a ticket counts; what was solved over the phone has none. */
const ofReports = `
  with report as (
    select distinct on (t.id) t.id, t.source, f.key as mode, r.outcome, t.asset_id
      from tickets t join completion_reports r on r.ticket_id = t.id left join failure_modes f on f.id = r.failure_mode_id
     where t.created_at >= $1 and t.created_at < $2 order by t.id, r.written_at desc
  )
  select count(*) filter (where source = 'alarm')::int as alarms,
    count(*) filter (where source = 'alarm' and outcome = 'confirmed')::int as "rightAlarms",
    count(*) filter (where mode = 'AC-01')::int as fans,
    count(*) filter (where mode = 'AC-01' and exists (
      select from stock_movements m where m.ticket_id = report.id and m.kind = 'consume'
         and m.removed_serial like '%-${badBatch.batch}-%'))::int as "badFans"
  from report`

const ofOldParts = `
  select count(*)::int as due, count(*) filter (where exists (
      select from stock_movements b where b.kind = 'return' and b.ticket_id = m.ticket_id and b.part_id = m.part_id
         and b.at <= m.at + interval '30 days'))::int as back
    from stock_movements m join parts p on p.id = m.part_id and p.return_old
   where m.kind = 'consume' and m.at >= $1 and m.at < $2::timestamptz - interval '30 days'
     and exists (select from audit_log a where a.entity_id = m.id::text and a.request_id like 'history-%')`

const ofMachines = `
  select count(*)::int as machines,
    count(*) filter (where exists (select from signals s where s.asset_id = a.id))::int as connected from assets a`

export async function figuresOf({ pool }: Pick<Database, 'pool'>, span: FiguresSpan): Promise<YearFigures> {
  const between = [new Date(span.fromMs), new Date(span.toMs)]
  const one = async (query: string, values: Date[] = between) => (await pool.query<Row>(query, values)).rows[0] ?? {}
  const [tickets, visits, reports, old, machines] = [
    await one(ofTickets),
    await one(ofVisits),
    await one(ofReports),
    await one(ofOldParts),
    await one(ofMachines, []),
  ]
  const sources = await pool.query<{ source: string; count: number }>(
    `select source, count(*)::int as count from tickets where created_at >= $1 and created_at < $2 group by 1 order by 2 desc`,
    between,
  )
  const days = targets.engineers * workingDays(span)
  const of = (row: Row, figure: string) => row[figure] ?? 0
  return {
    machines: of(machines, 'machines'),
    connected: of(machines, 'connected'),
    tickets: of(tickets, 'tickets'),
    bySource: Object.fromEntries(sources.rows.map(({ source, count }) => [source, count])),
    firstTimeFix: share(of(tickets, 'firstTime'), of(tickets, 'repairs')),
    secondVisits: share(of(tickets, 'again'), of(tickets, 'repairs')),
    remote: share(of(tickets, 'remote'), of(tickets, 'faults')),
    arrivalSla: share(of(tickets, 'kept'), of(tickets, 'promised')),
    visits: of(visits, 'visits'),
    visitsPerDay: share(of(visits, 'visits'), days),
    hoursPerVisit: share(of(visits, 'hours'), of(visits, 'visits')),
    utilisation: share(of(visits, 'hours'), days * 8),
    margin: share(of(tickets, 'revenue') - of(tickets, 'cost'), of(tickets, 'revenue')),
    negative: share(of(tickets, 'negative'), of(tickets, 'withMoney')),
    alarmTickets: of(tickets, 'alarmTickets'),
    alarmPrecision: share(of(reports, 'rightAlarms'), of(reports, 'alarms')),
    oldPartsBack: share(of(old, 'back'), of(old, 'due')),
    fanFailures: of(reports, 'fans'),
    fanFailuresOfBadBatch: of(reports, 'badFans'),
    csat: null,
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 1_000
}

function workingDays({ fromMs, toMs }: FiguresSpan): number {
  const days = Array.from({ length: Math.round((toMs - fromMs) / dayMs) }, (_, place) => dayOf(fromMs) + place)
  return days.filter((day) => weekdayOf(day) <= 5 && !isHoliday(day)).length
}
