import type { AuditRow } from '@fettle/contracts/audit'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { TimeText } from '../../design/time-text.tsx'
import { usePhone } from '../../design/use-media.ts'
import { Outcome } from './audit-columns.tsx'
import styles from './audit.module.css'
import { useAuditWords } from './use-audit-words.ts'

interface AuditDrawerProps {
  readonly row: AuditRow | undefined
  readonly onClose: () => void
}

/** One entry with everything that was sent. */
export function AuditDrawer({ row, onClose }: AuditDrawerProps) {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const phone = usePhone()
  return (
    <Drawer
      title={t('detail.title')}
      open={row !== undefined}
      onClose={onClose}
      size={phone ? '100%' : 560}
      destroyOnHidden
    >
      {row ? (
        <div className={styles['detail']}>
          <p className={styles['line']}>
            <strong>{words.operation(row)}</strong>
            <Outcome row={row} />
          </p>
          <p>
            {row.actor} · {words.role(row)} · <TimeText at={row.at} as="short" />
          </p>
          {row.entityId ? (
            <p>
              {words.entity(row)} <code>{row.entityId}</code>
              <br />
              <Link to="/audit" search={{ entityId: row.entityId }} onClick={onClose}>
                {t('detail.history')}
              </Link>
            </p>
          ) : null}
          <p className="muted">
            {t('detail.request')} <code>{row.requestId}</code>
          </p>
          <h3>{t('detail.content')}</h3>
          <pre>{JSON.stringify(row.detail, null, 2)}</pre>
        </div>
      ) : null}
    </Drawer>
  )
}
