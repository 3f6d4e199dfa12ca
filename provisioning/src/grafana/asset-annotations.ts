import type { Annotation } from './dashboard.ts'
import { limitOfPeak, postgresql, table } from './queries.ts'
import { colours, levelWords, ticketStateWords, wordOf } from './words.ts'

interface AnnotationOptions {
  readonly name: string
  readonly colour: string
  readonly sql: string
}

const annotation = ({ name, colour, sql }: AnnotationOptions): Annotation => ({
  name,
  datasource: postgresql,
  enable: true,
  hide: false,
  iconColor: colour,
  target: table('Anno', sql),
})

const link = (path: string, text: string) => `'<a href="\${fettle:raw}/${path}' || ${text} || '</a>'`

/** From being raised to being cleared, also those that began before the span that is shown. */
const alarms = (condition: string) => `
  select raised_at as time, least(coalesce(cleared_at, now()), $__timeTo()::timestamptz) as "timeEnd",
    signal || ' ' || ${wordOf('peak_level', levelWords)} || '：' || round(peak_value::numeric, decimals) || ' ' || unit ||
      coalesce('，限值 ' || ${limitOfPeak}, '') || '，疑似' || failure_mode ||
      coalesce('<br>' || ${link('tickets/', `ticket_id || '">' || ticket_number`)}, '') as text,
    '报警,' || failure_mode_key as tags
  from dashboards.alarms
  where machine_id::text = \${machine:sqlstring} and ${condition}
    and raised_at <= $__timeTo()::timestamptz and coalesce(cleared_at, now()) >= $__timeFrom()::timestamptz
  order by raised_at`

export const assetAnnotations: readonly Annotation[] = [
  annotation({ name: '高高／低低报', colour: colours.critical, sql: alarms('was_outer') }),
  annotation({ name: '高／低报', colour: colours.warning, sql: alarms('not was_outer') }),
  annotation({
    name: '工单',
    colour: colours.calm,
    sql: `
  select created_at as time,
    ${link('tickets/', `id || '">' || number`)} || ' ' || title || '（' || ${wordOf('state', ticketStateWords)} || '）' as text,
    '工单' as tags
  from dashboards.tickets
  where machine_id::text = \${machine:sqlstring} and $__timeFilter(created_at)
  order by created_at`,
  }),
]
