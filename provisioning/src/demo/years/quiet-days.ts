/** First day of the lunar year; quiet from two days before until a week has passed. */
const springFestivals = [
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
]
const dragonBoatFestivals = ['2024-06-10', '2025-05-31', '2026-06-19', '2027-06-09', '2028-05-28', '2029-06-16']
const midAutumnFestivals = ['2024-09-17', '2025-10-06', '2026-09-25', '2027-09-15', '2028-10-03', '2029-09-22']

const dayMs = 86_400_000

/** `count` days, the first of which lies `offset` days after `day`. */
const daysFrom = (day: string, offset: number, count: number): string[] =>
  Array.from({ length: count }, (_, place) =>
    new Date(Date.parse(day) + (offset + place) * dayMs).toISOString().slice(0, 10),
  )

const byTheMoon: ReadonlySet<string> = new Set([
  ...springFestivals.flatMap((first) => daysFrom(first, -2, 9)),
  ...dragonBoatFestivals,
  ...midAutumnFestivals,
])

/** New Year, 清明, 1 May and the National Day, without the year. */
const byTheSun: ReadonlySet<string> = new Set(
  [
    daysFrom('2024-01-01', 0, 1),
    daysFrom('2024-04-04', 0, 3),
    daysFrom('2024-05-01', 0, 5),
    daysFrom('2024-10-01', 0, 7),
  ]
    .flat()
    .map((day) => day.slice(5)),
)

/** Whether most factories stand still on a local day, YYYY-MM-DD. */
export function isPublicHoliday(day: string): boolean {
  return byTheSun.has(day.slice(5)) || byTheMoon.has(day)
}
