import { Type, type Static } from 'typebox'
import { ListOf, listQuery } from './lists.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Id, Instant } from './scalars.ts'

/** A span of a machine's own time in which its readings raise nothing: a planned stop, an overhaul, a test run. */
export const MaintenanceWindow = Type.Object({
  id: Id,
  assetId: Id,
  from: Instant,
  to: Instant,
  reason: Type.String(),
  createdBy: Type.String(),
  cancelledAt: Type.Union([Instant, Type.Null()]),
})
export type MaintenanceWindow = Static<typeof MaintenanceWindow>

/** Longer is no window but a machine out of service. */
export const longestWindowMs = 366 * 24 * 3_600_000

const tags = ['assets'] as const

export const listMaintenanceWindows = {
  method: 'GET',
  url: '/api/v1/assets/:assetId/maintenance-windows',
  schema: {
    operationId: 'listMaintenanceWindows',
    summary: 'Planned maintenance of a machine, newest first',
    tags,
    params: Type.Object({ assetId: Id }),
    querystring: Type.Object(listQuery),
    response: { 200: ListOf(MaintenanceWindow), ...refusals },
  },
} as const satisfies RouteContract

export const planMaintenance = {
  method: 'POST',
  url: '/api/v1/assets/:assetId/maintenance-windows',
  schema: {
    operationId: 'planMaintenance',
    summary: 'Plan a window in which readings of the machine raise no alarm, by the time of the reading',
    tags,
    params: Type.Object({ assetId: Id }),
    body: Type.Object({ from: Instant, to: Instant, reason: Type.String({ minLength: 1, maxLength: 500 }) }),
    response: { 200: MaintenanceWindow, ...writeRefusals },
  },
} as const satisfies RouteContract

export const cancelMaintenance = {
  method: 'POST',
  url: '/api/v1/maintenance-windows/:windowId/cancel',
  schema: {
    operationId: 'cancelMaintenance',
    summary: 'Take a window back; what it has suppressed until now stays so',
    tags,
    params: Type.Object({ windowId: Id }),
    response: { 200: MaintenanceWindow, ...writeRefusals },
  },
} as const satisfies RouteContract
