import type { Shape } from '../i18n/locale-shape.ts'
import { alarms } from './en/alarms.ts'
import { assets } from './en/assets.ts'
import { audit } from './en/audit.ts'
import { brief } from './en/brief.ts'
import { common } from './en/common.ts'
import { customers } from './en/customers.ts'
import { filters } from './en/filters.ts'
import { gateways } from './en/gateways.ts'
import { lists } from './en/lists.ts'
import { money } from './en/money.ts'
import { overview } from './en/overview.ts'
import { parts } from './en/parts.ts'
import { rules } from './en/rules.ts'
import { session } from './en/session.ts'
import { shell } from './en/shell.ts'
import { ticket } from './en/ticket.ts'
import { tickets } from './en/tickets.ts'
import { trend } from './en/trend.ts'
import type { zh } from './zh.ts'

export const en: Shape<typeof zh> = {
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
}
