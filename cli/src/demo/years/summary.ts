import type { YearFigures } from './figures.ts'
import { targets } from './targets.ts'

/** What the figures cannot say by themselves. */
export const notes = {
  qr: 'the mini-program’s reports have the source qr; portal are those of customers with an account',
  other: 'email, and rework that the quality department opens',
  remote: 'of all faults that were neither cancelled nor merged',
  firstTimeFix: 'of the repairs for which somebody came; secondVisits of the same',
  visitsPerDay: 'per engineer and working day, Monday to Friday without holidays',
  csat: 'the product does not ask for a rating yet',
} as const

export const grouped = (count: number): string => count.toLocaleString('en-US')

type Shown = readonly [name: string, achieved: number | null, wanted: number, isShare: boolean]

/** The figures beside what DEMO.md says of a year, for a person. */
export function summary(
  figures: YearFigures,
  { newTickets, seconds, complete }: { newTickets: number; seconds: number; complete: boolean },
): string {
  const rows: Shown[] = [
    ['machines', figures.machines, targets.machines, false],
    ['tickets', figures.tickets, targets.tickets, false],
    ['first-time fix', figures.firstTimeFix, targets.firstTimeFix, true],
    ['second visits', figures.secondVisits, targets.secondVisits, true],
    ['remote fixes', figures.remote, targets.remote, true],
    ['arrival in time', figures.arrivalSla, targets.arrivalSla, true],
    ['visits a day', figures.visitsPerDay, targets.visitsPerDay, false],
    ['hours a visit', figures.hoursPerVisit, targets.hoursPerVisit, false],
    ['utilisation', figures.utilisation, targets.utilisation, true],
    ['margin', figures.margin, targets.margin, true],
    ['negative', figures.negative, targets.negative, true],
    ['alarm precision', figures.alarmPrecision, targets.alarmPrecision, true],
    ['old parts back', figures.oldPartsBack, targets.oldPartsBack, true],
    ['fan failures', figures.fanFailures, targets.fanFailures, false],
  ]
  const sources = Object.entries(figures.bySource).map(([source, count]) => `${source} ${grouped(count)}`)
  const said = rows.map(([name, achieved, wanted, isShare]) => {
    const text = (value: number | null) =>
      value === null ? '–' : isShare ? `${(value * 100).toFixed(1)} %` : grouped(value)
    return `  ${name.padEnd(18)}${text(achieved).padEnd(12)}(a year: ${text(wanted)})`
  })
  const end = complete
    ? `${grouped(newTickets)} tickets written in ${Math.round(seconds)} s.`
    : `Stopped after ${grouped(newTickets)} tickets; the same command goes on there.`
  return [...said, `  ${'sources'.padEnd(18)}${sources.join(' · ')}`, '', end].join('\n')
}
