import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { BoundRule } from './bind-rules.ts'

/** An episode began. Times are event times in epoch ms, values in the signal's unit. */
export interface Raised {
  readonly kind: 'raised'
  readonly alarmId: string
  readonly rule: BoundRule
  /** Found in readings behind their signal's newest: not taken when an episode of this rule covers that time already. */
  readonly behind: boolean
  readonly late: boolean
  readonly at: number
  readonly level: AlarmLevel
  readonly value: number
  readonly limit: number
}

/** Its level changed. */
export interface Changed {
  readonly kind: 'changed'
  readonly changeId: string
  readonly alarmId: string
  readonly assetId: string
  readonly at: number
  readonly level: AlarmLevel
  readonly value: number
  readonly limit: number
  readonly peakLevel: AlarmLevel
  readonly peakValue: number
}

/** It ended. */
export interface Cleared {
  readonly kind: 'cleared'
  readonly changeId: string
  readonly alarmId: string
  readonly assetId: string
  readonly at: number
  readonly value: number
  readonly peakValue: number
}

/** What findings do to the record of alarm episodes, in their order. */
export type Effect = Raised | Changed | Cleared

/** A value farther out than the one in the row of an open episode. */
export interface Peak {
  readonly alarmId: string
  readonly peakValue: number
}
