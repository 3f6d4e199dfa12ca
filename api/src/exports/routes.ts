import {
  exportAlarms,
  exportAssets,
  exportCustomers,
  exportMovements,
  exportParts,
  exportTickets,
} from '@fettle/contracts/exports'
import type { FastifyRequest } from 'fastify'
import { alarmCount, alarmList } from '../alarms/queries.ts'
import type { App } from '../app-type.ts'
import { assetCount, assetList } from '../assets/queries.ts'
import { customerCount, customerList } from '../customers/queries.ts'
import type { Dependencies } from '../dependencies.ts'
import { movementCount, movementList, partCount, partList } from '../parts/queries.ts'
import { ticketCount, ticketList } from '../tickets/queries.ts'
import { alarmColumns } from './alarm-columns.ts'
import { answerExport } from './answer-export.ts'
import { assetColumns } from './asset-columns.ts'
import { customerColumns } from './customer-columns.ts'
import { movementColumns, partColumns } from './stock-columns.ts'
import { ticketColumns } from './ticket-columns.ts'

/** A file is dear to make and nobody needs many: so many a minute of each list for one person. */
const config = {
  rateLimit: { max: 10, timeWindow: '1 minute', keyGenerator: ({ actor }: FastifyRequest) => actor.id },
}

/** Each list as a file: its own query, page after page, so that nobody exports what they may not list. */
export function exportRoutes(app: App, deps: Dependencies): void {
  const { db } = deps.database
  const now = () => new Date(deps.clock.now())
  const { latest } = deps.telemetry
  /** Without histories: how long each machine has been in its state would be a query a machine. */
  const present = { telemetry: { latest: latest.bind(deps.telemetry) }, clock: deps.clock }

  app.route({
    ...exportTickets,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, ...filters } = request.query
      const at = now()
      return answerExport(deps, request, reply, {
        entity: 'ticket',
        columns: ticketColumns,
        count: (most) => ticketCount(db, actor, filters, at, most),
        pageOf: (paging) => ticketList(db, actor, { ...filters, ...paging }, at),
      })
    },
  })

  app.route({
    ...exportAssets,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, state, ...filters } = request.query
      return answerExport(deps, request, reply, {
        entity: 'asset',
        columns: assetColumns,
        // The state comes from the newest readings: how many have it, only looking at each tells.
        count: (most) => (state === undefined ? assetCount(db, present, actor, filters, most) : undefined),
        pageOf: async (paging) => {
          const { items, nextCursor } = await assetList(db, present, actor, { ...filters, ...paging })
          return { items: items.filter((asset) => state === undefined || asset.state === state), nextCursor }
        },
      })
    },
  })

  app.route({
    ...exportAlarms,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, ...filters } = request.query
      return answerExport(deps, request, reply, {
        entity: 'alarm',
        columns: alarmColumns,
        count: (most) => alarmCount(db, actor, filters, most),
        pageOf: (paging) => alarmList(db, actor, { ...filters, ...paging }),
      })
    },
  })

  app.route({
    ...exportParts,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, ...filters } = request.query
      return answerExport(deps, request, reply, {
        entity: 'part',
        columns: partColumns(actor),
        count: (most) => partCount(db, actor, filters, most),
        pageOf: (paging) => partList(db, actor, { ...filters, ...paging }),
      })
    },
  })

  app.route({
    ...exportMovements,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, ...filters } = request.query
      return answerExport(deps, request, reply, {
        entity: 'stock-movement',
        columns: movementColumns(actor),
        count: (most) => movementCount(db, actor, filters, most),
        pageOf: (paging) => movementList(db, actor, { ...filters, ...paging }),
      })
    },
  })

  app.route({
    ...exportCustomers,
    config,
    handler: (request, reply) => {
      const { actor } = request
      const { language: _, zone: __, ...filters } = request.query
      return answerExport(deps, request, reply, {
        entity: 'customer',
        columns: customerColumns(now()),
        count: (most) => customerCount(db, actor, filters, most),
        pageOf: (paging) => customerList(db, actor, { ...filters, ...paging }),
      })
    },
  })
}
