import { operations, type OperationId } from '@fettle/contracts/operations'
import { roles, type Role } from '@fettle/contracts/roles'

const everyone = roles
const staff = roles.filter((role) => role !== 'customer')
const desk = ['admin', 'manager', 'dispatcher', 'desk', 'branch'] as const
const field = ['admin', 'manager', 'dispatcher', 'branch', 'engineer'] as const
const money = ['admin', 'manager', 'finance'] as const
const stock = [
  'admin',
  'manager',
  'dispatcher',
  'branch',
  'engineer',
  'storekeeper',
  'finance',
  'expert',
  'quality',
] as const
const workOnMachines = ['admin', 'manager', 'dispatcher', 'branch', 'engineer', 'expert'] as const
const technical = ['admin', 'manager', 'expert', 'quality'] as const

/**
 * Who may call what. This table and `scope.ts` are the whole policy: the table says whether, the scope says on which rows.
 * An operation that is missing here does not compile; `open` needs no session.
 */
export const permissions: { readonly [id in OperationId]: readonly Role[] | 'open' } = {
  signIn: 'open',
  getInstance: 'open',
  signOut: everyone,
  getSession: everyone,
  getOverview: everyone,
  listAssets: everyone,
  getAsset: everyone,
  getAssetTimeline: everyone,
  setAssetMode: workOnMachines,
  listMaintenanceWindows: everyone,
  planMaintenance: workOnMachines,
  cancelMaintenance: workOnMachines,
  getHistory: everyone,
  listAlarms: everyone,
  getAlarm: everyone,
  acknowledgeAlarm: ['admin', 'manager', 'dispatcher', 'desk', 'branch', 'engineer', 'expert'],
  listTickets: everyone,
  getTicket: everyone,
  createTicket: [...desk, 'engineer', 'expert', 'customer'],
  assignTicket: ['admin', 'manager', 'dispatcher', 'branch'],
  // Which steps, the life cycle itself says, role by role.
  transitionTicket: everyone,
  mergeTicket: desk,
  addTicketNote: everyone,
  getTicketEvidence: everyone,
  getBrief: staff,
  suggestEngineers: ['admin', 'manager', 'dispatcher', 'desk', 'branch'],
  listEngineers: ['admin', 'manager', 'dispatcher', 'desk', 'branch', 'expert', 'quality', 'finance'],
  listVisits: [...desk, 'engineer', 'expert'],
  scheduleVisit: field,
  departForVisit: field,
  checkIn: field,
  submitReport: field,
  listParts: stock,
  listStock: stock,
  listMovements: stock,
  consumePart: [...field, 'storekeeper'],
  getTicketMoney: money,
  addMoneyLine: money,
  listCustomers: staff,
  getCustomer: everyone,
  listFailureModes: everyone,
  listRules: staff,
  listGateways: [...technical, 'dispatcher', 'desk'],
  listDeadLetters: technical,
  replayDeadLetter: ['admin', 'expert'],
  listAudit: ['admin', 'manager'],
  listViews: everyone,
  saveView: everyone,
  deleteView: everyone,
  // An export is its list in another dress.
  exportTickets: everyone,
  exportAssets: everyone,
  exportAlarms: everyone,
  exportParts: stock,
  exportMovements: stock,
  exportCustomers: staff,
  streamEvents: everyone,
}

/** May this role call this operation at all? */
export function permits(role: Role, operation: OperationId): boolean {
  const allowed = permissions[operation]
  return allowed === 'open' || allowed.includes(role)
}

/** What the web asks once, to show only what may be used. */
export function permittedOperations(role: Role): OperationId[] {
  return (Object.keys(operations) as OperationId[]).filter((operation) => permits(role, operation))
}

/** Costs, margins and what a part cost us. */
export function seesMoney(role: Role): boolean {
  return permits(role, 'getTicketMoney')
}

/** Phone numbers are shown whole to those who call; others see the last four digits. */
export function seesPhoneNumbers(role: Role): boolean {
  return role !== 'finance' && role !== 'quality' && role !== 'storekeeper'
}
