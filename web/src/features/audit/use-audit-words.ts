import type { AuditRow } from '@fettle/contracts/audit'
import { roles } from '@fettle/contracts/roles'
import { useTranslation } from 'react-i18next'
import type { audit } from '../../locales/zh/audit.ts'

/** Names of operations, items and roles; what this version has no word for is called by its key. */
export function useAuditWords() {
  const { t, i18n } = useTranslation(['audit', 'common'])
  return {
    operation: ({ operation }: AuditRow) =>
      i18n.exists(`audit:operation.${operation}`)
        ? t(`audit:operation.${operation as keyof (typeof audit)['operation']}`)
        : operation,
    entity: ({ entity }: AuditRow) => {
      if (entity === null) return '–'
      return i18n.exists(`audit:entity.${entity}`)
        ? t(`audit:entity.${entity as keyof (typeof audit)['entity']}`)
        : entity
    },
    role: ({ role }: AuditRow) => {
      const known = roles.find((each) => each === role)
      return known ? t(`common:role.${known}`) : t('audit:system')
    },
  }
}
