import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  ClusterOutlined,
  FileTextOutlined,
  InboxOutlined,
  SlidersOutlined,
  TeamOutlined,
  DashboardOutlined,
} from '@ant-design/icons'
import type { OperationId } from '@fettle/contracts/operations'
import type { ComponentType } from 'react'

interface NavigationEntry {
  readonly key: 'overview' | 'assets' | 'alarms' | 'tickets' | 'parts' | 'customers' | 'gateways' | 'rules' | 'audit'
  readonly to: '/' | '/assets' | '/alarms' | '/tickets' | '/parts' | '/customers' | '/gateways' | '/rules' | '/audit'
  /** A role without it does not see the entry. */
  readonly needs: OperationId
  readonly icon: ComponentType
}

/** The pages of the console in the order of UX.md; the names are in locales/*\/shell.ts under `pages`. */
const entries: readonly NavigationEntry[] = [
  { key: 'overview', to: '/', needs: 'getOverview', icon: DashboardOutlined },
  { key: 'assets', to: '/assets', needs: 'listAssets', icon: ClusterOutlined },
  { key: 'alarms', to: '/alarms', needs: 'listAlarms', icon: AlertOutlined },
  { key: 'tickets', to: '/tickets', needs: 'listTickets', icon: FileTextOutlined },
  { key: 'parts', to: '/parts', needs: 'listParts', icon: InboxOutlined },
  { key: 'customers', to: '/customers', needs: 'listCustomers', icon: TeamOutlined },
  { key: 'rules', to: '/rules', needs: 'listRules', icon: SlidersOutlined },
  { key: 'gateways', to: '/gateways', needs: 'listGateways', icon: ApiOutlined },
  { key: 'audit', to: '/audit', needs: 'listAudit', icon: AuditOutlined },
]

export const navigationFor = (may: (operation: OperationId) => boolean) => entries.filter(({ needs }) => may(needs))
