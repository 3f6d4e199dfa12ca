import { history } from '@fettle/provisioning/demo/history'
import { expect, it } from 'vitest'
import { timetable } from './past-repair.ts'

const localHour = (at: Date) => (((at.getTime() / 3_600_000 + 8) % 24) + 24) % 24

it.each(history.map((repair) => [`${repair.assetKey} ${repair.daysAgo} days ago`, repair] as const))(
  'takes the steps of %s in order, and works by day',
  (_, repair) => {
    for (let weekday = 0; weekday < 7; weekday++) {
      const now = new Date(Date.UTC(2026, 10, 16 + weekday, 3))
      const steps = Object.values(timetable(repair, now)) as Date[]
      const { departed, arrived, reportedDone, closed, ...before } = timetable(repair, now)
      expect(steps.every((at) => Number.isFinite(at.getTime()))).toBe(true)
      const inOrder = [
        before.reported,
        before.toDispatch,
        before.assigned,
        before.accepted,
        before.appointed,
        departed,
        arrived,
        reportedDone,
        before.confirmed,
        before.reviewed,
        closed,
      ]
      expect(inOrder.toSorted((a, b) => a.getTime() - b.getTime())).toEqual(inOrder)
      expect(localHour(arrived)).toBeGreaterThanOrEqual(8.9)
      expect(localHour(reportedDone)).toBeLessThan(19.2)
      expect(closed.getTime()).toBeLessThan(now.getTime())
    }
  },
)
