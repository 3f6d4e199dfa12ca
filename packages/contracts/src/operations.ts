import { acknowledgeAlarm, getAlarm, listAlarms } from './alarms.ts'
import { getAsset, getAssetTimeline, listAssets, setAssetMode } from './assets.ts'
import { listAudit } from './audit.ts'
import { getBrief } from './brief.ts'
import { getCustomer, listCustomers } from './customers.ts'
import { listEngineers, suggestEngineers } from './engineers.ts'
import { streamEvents } from './events.ts'
import { exportAlarms, exportAssets, exportCustomers, exportMovements, exportParts, exportTickets } from './exports.ts'
import { listFailureModes } from './failure-modes.ts'
import { listDeadLetters, listGateways, replayDeadLetter } from './gateways.ts'
import { cancelMaintenance, listMaintenanceWindows, planMaintenance } from './maintenance-windows.ts'
import { addMoneyLine, getTicketMoney } from './money.ts'
import { getOverview } from './overview.ts'
import { consumePart, listMovements, listParts, listStock } from './parts.ts'
import type { RouteContract } from './route.ts'
import { listRules } from './rules.ts'
import { getInstance, getSession, signIn, signOut } from './session.ts'
import { getHistory } from './telemetry.ts'
import {
  addTicketNote,
  assignTicket,
  createTicket,
  getTicket,
  getTicketEvidence,
  listTickets,
  mergeTicket,
  transitionTicket,
} from './tickets.ts'
import { deleteView, listViews, saveView } from './views.ts'
import { checkIn, departForVisit, listVisits, scheduleVisit, submitReport } from './visits.ts'

/** Every operation of the API by its id. The policy, the routes and the client are all checked against this list. */
export const operations = {
  signIn,
  signOut,
  getSession,
  getInstance,
  getOverview,
  listAssets,
  getAsset,
  getAssetTimeline,
  setAssetMode,
  listMaintenanceWindows,
  planMaintenance,
  cancelMaintenance,
  getHistory,
  listAlarms,
  getAlarm,
  acknowledgeAlarm,
  listTickets,
  getTicket,
  createTicket,
  assignTicket,
  transitionTicket,
  mergeTicket,
  addTicketNote,
  getTicketEvidence,
  getBrief,
  suggestEngineers,
  listEngineers,
  listVisits,
  scheduleVisit,
  departForVisit,
  checkIn,
  submitReport,
  listParts,
  listStock,
  listMovements,
  consumePart,
  getTicketMoney,
  addMoneyLine,
  listCustomers,
  getCustomer,
  listFailureModes,
  listRules,
  listGateways,
  listDeadLetters,
  replayDeadLetter,
  listAudit,
  listViews,
  saveView,
  deleteView,
  exportTickets,
  exportAssets,
  exportAlarms,
  exportParts,
  exportMovements,
  exportCustomers,
  streamEvents,
} as const satisfies { readonly [id: string]: RouteContract }
export type Operations = typeof operations
export type OperationId = keyof Operations

/** Operations that anyone may call without a session. */
export const openOperations = ['signIn', 'getInstance'] as const satisfies readonly OperationId[]
