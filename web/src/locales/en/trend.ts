import type { Shape } from '../../i18n/locale-shape.ts'
import type { trend as zh } from '../zh/trend.ts'

export const trend: Shape<typeof zh> = {
  limit: { hh: 'High-high', h: 'High', l: 'Low', ll: 'Low-low' },
  newest: 'Newest values',
  showLimits: 'Show the limits of {{name}}',
  flags: 'Tickets and replaced parts',
  chart: 'Trend of {{asset}} from {{from}} to {{to}}',
  range: { label: 'Span of time', '1h': '1 h', '24h': '24 h', '7d': '7 d', '30d': '30 d', '1y': '1 y' },
  untilNow: 'Last {{range}}, live',
  fromTo: '{{from}} – {{to}}',
  trail: 'Zoom steps',
  earlier: 'Earlier',
  later: 'Later',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  summary: {
    none: '{{name}}: no data in this span.',
    range: '{{name}}: lowest {{low}}, highest {{high}}, newest {{last}} ({{when}}).',
    above: ' It reached the upper limit {{limit}}.',
    below: ' It reached the lower limit {{limit}}.',
  },
  empty: {
    nothingChosen: 'Tick a signal to see its trend here.',
    notBound: 'This signal has no data because nothing is bound to it yet.',
    neverReported: 'This signal has never reported a value.',
    offline: 'The machine is offline; there is no data after {{when}}.',
    older: 'There is no data in this span. The newest is from {{when}}.',
    span: 'There is no data in this span.',
    showNewest: 'Show the newest data',
  },
  signals: {
    title: 'Signals',
    value: 'Now',
    state: 'State',
    low: 'Low {{limits}}',
    high: 'High {{limits}}',
    noLimits: '–',
    notJudged: 'Not running',
    standing: { ok: 'Normal', warning: 'Over limit', critical: 'Critical' },
  },
}
