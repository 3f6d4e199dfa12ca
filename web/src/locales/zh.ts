import { alarms } from './zh/alarms.ts'
import { assets } from './zh/assets.ts'
import { audit } from './zh/audit.ts'
import { brief } from './zh/brief.ts'
import { common } from './zh/common.ts'
import { customers } from './zh/customers.ts'
import { filters } from './zh/filters.ts'
import { gateways } from './zh/gateways.ts'
import { lists } from './zh/lists.ts'
import { money } from './zh/money.ts'
import { overview } from './zh/overview.ts'
import { parts } from './zh/parts.ts'
import { rules } from './zh/rules.ts'
import { session } from './zh/session.ts'
import { shell } from './zh/shell.ts'
import { ticket } from './zh/ticket.ts'
import { tickets } from './zh/tickets.ts'
import { trend } from './zh/trend.ts'

/** Chinese, by namespace; the shape that English must follow. */
export const zh = {
  alarms,
  assets,
  audit,
  brief,
  common,
  customers,
  filters,
  gateways,
  lists,
  money,
  overview,
  parts,
  rules,
  session,
  shell,
  ticket,
  tickets,
  trend,
} as const
