import type { RequestOf } from '@fettle/contracts/route'
import type { submitReport } from '@fettle/contracts/visits'
import { normalDecimal } from '../decimal-text.ts'

export type ReportBody = RequestOf<typeof submitReport>['body']

/** The form as it is typed; a field that was never touched is undefined. */
export interface ReportFields {
  readonly failureModeId?: string
  readonly finding: string
  readonly work: string
  readonly outcome: ReportBody['outcome']
  readonly workHours: string
  readonly travelHours: string
  readonly travelKm: string
  readonly customerName?: string
}

/** What is sent: trimmed, decimals in the wire's spelling, nothing that is empty. */
export function reportBody(fields: ReportFields): Omit<ReportBody, 'expectedVersion'> {
  const customerName = fields.customerName?.trim()
  return {
    finding: fields.finding.trim(),
    work: fields.work.trim(),
    outcome: fields.outcome,
    workHours: normalDecimal(fields.workHours),
    travelHours: normalDecimal(fields.travelHours),
    travelKm: normalDecimal(fields.travelKm),
    ...(fields.failureModeId ? { failureModeId: fields.failureModeId } : {}),
    ...(customerName ? { customerName } : {}),
  }
}
