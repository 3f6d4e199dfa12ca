import type { Override, PanelContent } from './dashboard.ts'
import { fixed, forField, longestSilenceMs, trends } from './panels.ts'
import { series, table, trend } from './queries.ts'
import { colours } from './words.ts'

/** As the lines are called; the letters are those of the limits everywhere. */
const limits = { hh: '高高限 HH', h: '高限 H', l: '低限 L', ll: '低低限 LL' } as const

const limitRows = Object.entries(limits).map(([column, name]) => `('${name}', s.${column})`)

const limitLine = (name: string, colour: string): Override =>
  forField(name, {
    color: fixed(colour),
    'custom.lineStyle': { fill: 'dash', dash: [10, 6] },
    'custom.lineWidth': 1,
    'custom.fillOpacity': 0,
    'custom.showPoints': 'never',
    'custom.spanNulls': true,
  })

/**
 * The trend of every signal chosen, as it is in the web: mean within the band of least and greatest, bad readings left out. Its
 * limits come from PostgreSQL as lines, its unit and decimals as the configuration of the panel.
 */
export const signalTrends: PanelContent = trends({
  title: '${signal:text}',
  description: 'Mean, minimum and maximum of the readings that are not bad, with the limits in force (dashed)',
  repeat: 'signal',
  interval: '5s',
  targets: [
    trend(
      'A',
      `SELECT mean("value") AS "均值", min("value") AS "最小", max("value") AS "最大" FROM "reading"
       WHERE "signal" = '\${signal:raw}' AND "quality" < 2 AND $timeFilter GROUP BY time($__interval) fill(null)`,
    ),
    series(
      'B',
      `
      select t.time, l.metric, l.value
      from dashboards.signals s
      cross join lateral (values ${limitRows.join(', ')}) as l(metric, value)
      cross join (values ($__timeFrom()::timestamptz), ($__timeTo()::timestamptz)) as t(time)
      where s.id::text = \${signal:sqlstring} and l.value is not null
      order by t.time`,
    ),
    table(
      'C',
      `
      select case when unit = '' then 'none' else 'suffix:' || unit end as unit, decimals
      from dashboards.signals
      where id::text = \${signal:sqlstring}`,
    ),
  ],
  transformations: [
    {
      id: 'configFromData',
      options: {
        configRefId: 'C',
        applyTo: { id: 'byType', options: 'number' },
        mappings: [
          { fieldName: 'unit', handlerKey: 'unit' },
          { fieldName: 'decimals', handlerKey: 'decimals' },
        ],
      },
    },
  ],
  defaults: {
    noValue: '–',
    color: fixed(colours.calm),
    custom: {
      drawStyle: 'line',
      lineInterpolation: 'linear',
      lineWidth: 2,
      fillOpacity: 0,
      showPoints: 'auto',
      pointSize: 4,
      spanNulls: longestSilenceMs,
    },
  },
  overrides: [
    forField('最小', { 'custom.lineWidth': 0, 'custom.showPoints': 'never', 'custom.hideFrom': quiet() }),
    forField('最大', {
      'custom.lineWidth': 0,
      'custom.showPoints': 'never',
      'custom.fillBelowTo': '最小',
      'custom.fillOpacity': 18,
      'custom.hideFrom': quiet(),
    }),
    limitLine(limits.hh, colours.critical),
    limitLine(limits.h, colours.warning),
    limitLine(limits.l, colours.warning),
    limitLine(limits.ll, colours.critical),
  ],
})

/** In the picture and the tooltip, not in the legend. */
function quiet() {
  return { legend: true, tooltip: false, viz: false }
}
