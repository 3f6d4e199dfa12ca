import type { Tier } from '@fettle/contracts/customers'
import { tierPlans, type Commitment, type TierPlan } from './tiers.ts'
import { addOpenMinutes, chinaCalendar, endOfWorkday, whenOpen, type WorkCalendar } from './work-calendar.ts'

/** Until when we promised to call, to be there and to have it running; null where nothing was promised. */
export interface SlaDeadlines {
  readonly answerDueAt: Date | null
  readonly arriveDueAt: Date | null
  readonly restoreDueAt: Date | null
}

/**
 * The promises of a tier for a ticket opened at `openedAt`.
 * @param calendar holidays and 调休上班日; without it every Monday to Friday is worked
 */
export function slaDeadlines(
  tier: Tier,
  openedAt: Date,
  calendar: WorkCalendar = chinaCalendar,
  plans: Readonly<Record<Tier, TierPlan>> = tierPlans,
): SlaDeadlines {
  const { hours, answer, arrive, restore } = plans[tier]
  const due = (commitment: Commitment | null): Date | null => {
    switch (commitment?.kind) {
      case undefined:
        return null
      case 'open-minutes':
        return addOpenMinutes(calendar, hours, openedAt, commitment.minutes)
      case 'elapsed-minutes':
        return new Date(whenOpen(calendar, hours, openedAt).getTime() + commitment.minutes * 60_000)
      case 'workdays':
        return endOfWorkday(calendar, hours, openedAt, commitment.days)
      default:
        return commitment satisfies never
    }
  }
  return { answerDueAt: due(answer), arriveDueAt: due(arrive), restoreDueAt: due(restore) }
}
