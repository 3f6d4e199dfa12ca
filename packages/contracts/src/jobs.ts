/** Jobs that facts cause. Each is added in the transaction of its fact and may run more than once: handlers are idempotent. */
export interface JobPayloads {
  /** An alarm episode began (or was found late): open its ticket, or join the open one. */
  'open-ticket': { readonly alarmId: string }
  /** An episode's level changed or it cleared: the ticket's priority and trail follow. `changeId` makes it once. */
  'alarm-changed': { readonly alarmId: string; readonly changeId: string }
  /** Ten minutes after the alarm: complete the evidence and freeze it. */
  'freeze-evidence': { readonly evidenceId: string }
}
export type JobName = keyof JobPayloads
export const jobNames = ['open-ticket', 'alarm-changed', 'freeze-evidence'] as const satisfies readonly JobName[]
