import { acknowledgeAlarm, getAlarm, listAlarms } from '@fettle/contracts/alarms'
import { announce } from '@fettle/db/jobs'
import { alarmEpisodes } from '@fettle/db/schema/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Write } from '../writes.ts'
import { alarmList, visibleAlarm } from './queries.ts'

export function alarmRoutes(app: App, deps: Dependencies, write: Write): void {
  const { db } = deps.database
  app.route({ ...listAlarms, handler: ({ actor, query }) => alarmList(db, actor, query) })
  app.route({ ...getAlarm, handler: ({ actor, params }) => visibleAlarm(db, actor, params.alarmId) })
  app.route({
    ...acknowledgeAlarm,
    handler: (request) => {
      const { actor, params } = request
      return write(request, { entity: 'alarm', entityId: params.alarmId }, async (tx) => {
        const alarm = await visibleAlarm(tx, actor, params.alarmId)
        const changed = await tx
          .update(alarmEpisodes)
          .set({ acknowledgedAt: new Date(deps.clock.now()), acknowledgedBy: actor.name })
          .where(and(eq(alarmEpisodes.id, alarm.id), isNull(alarmEpisodes.acknowledgedAt)))
          .returning({ id: alarmEpisodes.id })
        if (changed.length > 0) await announce(tx, { kind: 'alarm', alarmId: alarm.id, assetId: alarm.assetId })
        return visibleAlarm(tx, actor, params.alarmId)
      })
    },
  })
}
