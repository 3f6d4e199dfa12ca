import type { CompletionReport } from '@fettle/contracts/visits'
import { vanOf } from './stock.ts'

export interface DemoPartUse {
  readonly partCode: string
  readonly quantity: string
  readonly locationKey: string
  /** The new one that went in, and the old one that came out; null where the part has no number. */
  readonly serial: string | null
  readonly removedSerial: string | null
}

/** A finished repair as a script: the same commands as today are run with the clock of that day. */
export interface DemoPastRepair {
  readonly assetKey: string
  readonly failureModeKey: string
  readonly source: 'phone' | 'portal' | 'qr'
  /** How the customer put it. */
  readonly title: string
  readonly daysAgo: number
  /** Local hour of the day at which it was reported, such as 8.5. */
  readonly reportedAtHour: number
  readonly engineerKey: string
  readonly partsUsed: readonly DemoPartUse[]
  readonly workHours: string
  readonly travelHours: string
  readonly travelKm: string
  readonly finding: string
  readonly work: string
  readonly outcome: CompletionReport['outcome']
  readonly signedBy: string
}

/** A part without a number, from the van of whoever did the work. */
export const fromVan = (engineerKey: string, partCode: string, quantity = '1'): DemoPartUse => ({
  partCode,
  quantity,
  locationKey: vanOf(engineerKey),
  serial: null,
  removedSerial: null,
})

/** A part without a number that was fetched from a store. */
export const fromStore = (locationKey: string, partCode: string, quantity = '1'): DemoPartUse => ({
  partCode,
  quantity,
  locationKey,
  serial: null,
  removedSerial: null,
})

const dayMs = 86_400_000
const chinaMs = 8 * 3_600_000

/** When a past repair was reported, for a demonstration that begins at `now`: that many local days before. */
export function reportedAt({ daysAgo, reportedAtHour }: DemoPastRepair, now: Date): Date {
  const today = Math.floor((now.getTime() + chinaMs) / dayMs) * dayMs - chinaMs
  return new Date(today - daysAgo * dayMs + Math.round(reportedAtHour * 60) * 60_000)
}
