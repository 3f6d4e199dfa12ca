import type { PlainTicketAction, Priority, TicketType, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { addMoneyLine } from '@fettle/contracts/money'
import type { RequestOf } from '@fettle/contracts/route'
import type { Position } from '@fettle/contracts/scalars'
import type { CompletionReport } from '@fettle/contracts/visits'

/**
 * A ticket's whole life as data: what was done, by whom and when. Nothing in it is a finished row; each deed is a command of
 * the product that is called with the clock of its moment.
 */
export interface Story {
  /** The same for a seed, whenever the year is made. */
  readonly key: string
  readonly openedMs: number
  readonly endedMs: number
  readonly assetKey: string
  /** Null where the customer is one of the six with connected machines. */
  readonly companyKey: string | null
  /** Two where somebody reported the same fault again. */
  readonly tickets: number
  /** In order of time. */
  readonly scenes: readonly Scene[]
}

export interface Scene {
  readonly atMs: number
  /** Username of whoever does it; `Fettle` is the system itself. */
  readonly by: string
  readonly deed: Deed
}

export type Deed =
  | TicketOpening
  | AlarmRaised
  | { readonly do: 'acknowledge' }
  | { readonly do: 'freeze-evidence' }
  | { readonly do: 'clear-alarm' }
  | StepTaken
  | { readonly do: 'assign'; readonly engineerKey: string }
  | { readonly do: 'appoint'; readonly fromMs: number; readonly toMs: number }
  | { readonly do: 'depart' }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'arrive'; readonly position: Position }
  | PartUsed
  | Reported
  | { readonly do: 'money'; readonly line: MoneyLine }
  /** The twin ends in the ticket that goes on. */
  | { readonly do: 'merge' }
  | StockMoved

export interface StepTaken {
  readonly do: 'step'
  readonly action: PlainTicketAction
  readonly reason?: string
  readonly waitingFor?: WaitingFor
  readonly twin?: true
}

export interface TicketOpening {
  readonly do: 'open'
  readonly twin?: true
  readonly type: TicketType
  readonly source: 'phone' | 'qr' | 'email' | 'preventive' | 'rework'
  readonly priority: Priority
  /** What somebody said stands in one language; what the company plans has its own English. */
  readonly title: string
  readonly englishTitle?: string
  readonly description: string
  /** Null where nobody knows yet. */
  readonly failureModeKey: string | null
  readonly reporterName: string | null
  readonly reporterPhone: string | null
}

/** The rules find something and the machine reports itself. */
export interface AlarmRaised {
  readonly do: 'raise-alarm'
  readonly ruleKey: string
  /** What it broke of; null where a sensor alone was wrong. */
  readonly failureModeKey: string | null
}

export interface PartUsed {
  readonly do: 'use'
  readonly partCode: string
  readonly quantity: string
  readonly locationKey: string
  readonly serial: string | null
  readonly removedSerial: string | null
}

export interface Reported {
  readonly do: 'write-report'
  readonly failureModeKey: string | null
  readonly finding: string
  readonly work: string
  readonly outcome: CompletionReport['outcome']
  readonly workHours: string
  readonly travelHours: string
  readonly travelKm: string
  readonly signedBy: string
}

/** A receipt has no origin; an old part comes back from the machine. */
export interface StockMoved {
  readonly do: 'move-stock'
  readonly kind: 'receipt' | 'transfer' | 'return'
  readonly partCode: string
  readonly quantity: string
  readonly fromKey: string | null
  readonly toKey: string
  readonly serial: string | null
  readonly batch: string | null
}

export type MoneyLine = RequestOf<typeof addMoneyLine>['body']
