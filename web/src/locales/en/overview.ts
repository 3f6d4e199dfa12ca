import type { Shape } from '../../i18n/locale-shape.ts'
import type { overview as zh } from '../zh/overview.ts'

export const overview: Shape<typeof zh> = {
  title: 'Overview',
  alarms: {
    title: 'Active alarms',
    all: 'All alarms',
    none: 'No active alarms.',
    crossed: '{{signal}} {{value}}, limit {{limit}}',
  },
  due: {
    title: 'Due soon',
    all: 'All tickets',
    none: 'No ticket is close to its time.',
    unassigned: 'Unassigned',
  },
  figures: {
    title: 'Figures',
    open: 'Open tickets',
    unassigned: 'Unassigned',
    overdue: 'Overdue',
    closed: 'Closed, 30 days',
    median: 'Median to close',
    margin: 'Margin, 30 days',
    made: '{{revenue}} revenue, {{cost}} cost',
    covered: '{{cost}} of it under contract or warranty, whose yearly fees are not on tickets',
  },
  fleet: {
    title: 'Machines',
    all: 'All assets',
    none: 'No machines yet.',
    noneHint: 'They appear here once a gateway reports them.',
    alarms_one: '{{count}} active alarm',
    alarms_other: '{{count}} active alarms',
    tickets_one: '{{count}} open ticket',
    tickets_other: '{{count}} open tickets',
  },
}
