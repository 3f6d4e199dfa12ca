import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStreamState } from '../live/stream-state.ts'
import styles from './top-bar.module.css'

/** Whether what is shown is live; a word beside the dot, the whole sentence on hover and for screen readers. */
export function ConnectionIndicator() {
  const { t } = useTranslation('shell')
  const state = useStreamState()
  return (
    <Tooltip title={t(`live.${state}`)}>
      <output className={styles['live']} data-state={state} aria-label={t(`live.${state}`)}>
        <span className={styles['dot']} aria-hidden="true" />
        <span aria-hidden="true">{t(`live.short.${state}`)}</span>
      </output>
    </Tooltip>
  )
}
