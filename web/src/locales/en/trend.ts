import type { Shape } from '../../i18n/locale-shape.ts'
import type { trend as zh } from '../zh/trend.ts'

export const trend: Shape<typeof zh> = {
  limit: { hh: 'High-high', h: 'High', l: 'Low', ll: 'Low-low' },
  newest: 'Newest values',
  showLimits: 'Show the limits of {{name}}',
  flags: 'Tickets and replaced parts',
  summary: {
    none: '{{name}}: no data in this span.',
    range: '{{name}}: lowest {{low}}, highest {{high}}, newest {{last}} ({{when}}).',
    above: ' It reached the upper limit {{limit}}.',
    below: ' It reached the lower limit {{limit}}.',
  },
}
