import { Button, Progress } from 'antd'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../design/error-notice.tsx'
import { useFormat } from '../format/use-format.ts'
import type { ExportJob } from './export-job.ts'
import styles from './export-notice.module.css'

interface ExportNoticeProps {
  readonly job: ExportJob
}

/** What is going on with a file, in a few words. */
export function ExportTitle({ job }: ExportNoticeProps) {
  const { t } = useTranslation('lists')
  const { phase } = useSyncExternalStore(job.subscribe, job.state)
  const { name } = job
  if (phase === 'running') return t('export.running', { name })
  if (phase === 'saved') return t('export.done', { name })
  return phase === 'cancelled' ? t('export.cancelled') : t('export.failed', { name })
}

/** How far it is, of about how much; where it lies; or why there is none, with the code to quote. */
export function ExportProgress({ job, onRetry }: ExportNoticeProps & { readonly onRetry: () => void }) {
  const { t } = useTranslation('lists')
  const format = useFormat()
  const state = useSyncExternalStore(job.subscribe, job.state)
  if (state.phase === 'failed') return <ErrorNotice error={state.error} onRetry={onRetry} />
  if (state.phase === 'cancelled') return <span className="muted">{t('export.nothingSaved')}</span>
  const rows = format.count(state.rows)
  if (state.phase === 'saved') return <span>{t('export.saved', { rows, file: state.fileName })}</span>
  const { total } = state
  const percent = total === null || total === 0 ? 0 : Math.min(100, Math.floor((state.rows / total) * 100))
  return (
    <div className={styles['progress']}>
      <span className="muted" aria-live="off">
        {total === null
          ? state.rows === 0
            ? t('export.preparing')
            : t('export.rows', { rows })
          : t('export.rowsOf', { rows, total: format.count(total) })}
      </span>
      {total === null ? null : (
        <Progress percent={percent} size="small" showInfo={false} aria-label={t('export.progress')} />
      )}
      <Button size="small" onClick={job.cancel}>
        {t('export.cancel')}
      </Button>
    </div>
  )
}
