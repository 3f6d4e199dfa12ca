import type { AuditRow } from '@fettle/contracts/audit'
import { useTranslation } from 'react-i18next'
import type { ListColumn } from '../../design/list-columns.ts'
import { StateTag } from '../../design/state-tag.tsx'
import { TimeText } from '../../design/time-text.tsx'
import styles from './audit.module.css'
import { useAuditWords } from './use-audit-words.ts'

/** The trail on a wide screen. */
export function useAuditColumns(): ListColumn<AuditRow>[] {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  return [
    { key: 'at', title: t('column.at'), render: (_, { at }) => <TimeText at={at} as="short" /> },
    {
      key: 'actor',
      title: t('column.actor'),
      render: (_, row) => (
        <span className={styles['two']}>
          <span>{row.actor}</span>
          <small>{words.role(row)}</small>
        </span>
      ),
    },
    { key: 'operation', title: t('column.operation'), render: (_, row) => words.operation(row) },
    { key: 'entity', title: t('column.entity'), render: (_, row) => words.entity(row) },
    { key: 'outcome', title: t('column.outcome'), render: (_, row) => <Outcome row={row} /> },
    {
      key: 'address',
      title: t('column.address'),
      render: (_, { address }) => address ?? <span className="muted">–</span>,
    },
  ]
}

export function Outcome({ row: { outcome } }: { readonly row: AuditRow }) {
  const { t } = useTranslation('audit')
  return outcome < 400 ? (
    <span className="muted">{t('done')}</span>
  ) : (
    <StateTag tone="warning" plain>
      {t('refused', { status: outcome })}
    </StateTag>
  )
}

/** The same entry on a phone. */
export function AuditCard({ row }: { readonly row: AuditRow }) {
  const words = useAuditWords()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <strong>{words.operation(row)}</strong>
        <span className="muted">
          <TimeText at={row.at} />
        </span>
      </span>
      <span className={styles['line']}>
        <span className="muted">
          {row.actor} · {words.role(row)}
        </span>
        <Outcome row={row} />
      </span>
    </span>
  )
}
