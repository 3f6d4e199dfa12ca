/** What DEMO.md says of a year, and how a year of tickets is cut into pieces. Shares are of 1. */
export const targets = {
  machines: 640,
  connected: 18,
  tickets: 2_150,
  engineers: 10,
  visitsPerDay: 0.86,
  hoursPerVisit: 5.8,
  utilisation: 0.62,
  sources: { phone: 0.38, qr: 0.26, preventive: 0.31, other: 0.03 },
  alarmTickets: 38,
  firstTimeFix: 0.82,
  secondVisits: 0.12,
  remote: 0.27,
  arrivalSla: 0.91,
  csat: 4.6,
  margin: 0.28,
  negative: 0.11,
  alarmPrecision: 0.84,
  oldPartsBack: 0.92,
  fanFailures: 9,
  fanFailuresOfBadBatch: 5,
} as const

/** What becomes of a report. The rest is visited once and done. */
export const fates = {
  cancelled: 0.026,
  /** Of the reports, somebody reports the same once more. */
  twins: 0.021,
  remote: targets.remote,
  /** Beside those whose work is too long for a day. */
  secondVisit: 0.025,
  disputed: 0.04,
  reopened: 0.02,
  returnedReport: 0.02,
  /** Of the alarm tickets of a year, so many were of a sensor. */
  falseAlarms: 5,
  declined: 0.015,
  onHold: 0.05,
  lostQuote: 0.08,
  /** Arrives after the promise although he could have come before: traffic, the job before, a part to fetch. */
  lateArrival: 0.02,
  /** Planned work that the machine's stop is too short for. */
  maintenanceOverTwoDays: 0.35,
} as const

/** The other 3 %: a mail, or a repair that did not last and is done again at our cost. */
export const otherSources = { email: 0.7, rework: 0.3 } as const
