import { listRules } from '@fettle/contracts/rules'
import type { App } from '../app-type.ts'
import type { Dependencies } from '../dependencies.ts'
import { ruleList } from './queries.ts'

export function ruleRoutes(app: App, { database: { db } }: Dependencies): void {
  app.route({ ...listRules, handler: ({ actor, query }) => ruleList(db, actor, query) })
}
