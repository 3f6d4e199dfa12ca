/** First day of the lunar year, from which a week is quiet. */
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

/** Month and day of what follows the sun, with how many days it lasts. */
const solarHolidays: Readonly<Record<string, number>> = { '01-01': 1, '04-04': 3, '05-01': 5, '10-01': 7 }

const dayMs = 86_400_000

/** Whether most factories stand still on a local day, YYYY-MM-DD. */
export function isPublicHoliday(day: string): boolean {
  if (dragonBoatFestivals.includes(day) || midAutumnFestivals.includes(day)) return true
  const isWithin = (first: string, before: number, days: number) => {
    const since = (Date.parse(day) - Date.parse(first)) / dayMs
    return since >= -before && since < days
  }
  if (springFestivals.some((first) => isWithin(first, 2, 7))) return true
  return Object.entries(solarHolidays).some(([first, days]) => isWithin(`${day.slice(0, 4)}-${first}`, 0, days))
}
