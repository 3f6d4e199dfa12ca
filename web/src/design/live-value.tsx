import type { AssetState, SignalWithLatest } from '@fettle/contracts/assets'
import { QUALITY } from '@fettle/contracts/uplink'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { measured, NO_VALUE, withUnit } from '../format/number.ts'
import { useNow } from '../format/now.ts'
import { useFormat } from '../format/use-format.ts'
import { useLatest } from '../live/live-values.ts'
import styles from './live-value.module.css'
import { isJudged, isStale, standing } from './signal-standing.ts'

interface LiveValueProps {
  readonly signal: SignalWithLatest
  /** Of its machine. */
  readonly state: AssetState
}

/**
 * The newest value of a signal with its unit, or its text. Changes in place without moving anything: figures are tabular and the
 * field is as wide as its longest value. A value that stopped coming says since when.
 */
export function LiveValue({ signal, state }: LiveValueProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const latest = useLatest(signal.id, signal.latest)
  const number = latest?.value ?? null
  const shown = latest?.text ?? (number === null ? null : measured(number, signal.decimals))
  if (!latest || shown === null)
    return (
      <span className={styles['value']}>
        <span aria-hidden="true">{NO_VALUE}</span>
        <span className="visually-hidden">{t('value.none')}</span>
      </span>
    )
  const stale = isStale(state, now - latest.at)
  const judged = isJudged(state) && !stale
  const when = format.relative(latest.at, now)
  const doubtful = latest.quality === QUALITY.bad ? 'bad' : latest.quality === QUALITY.uncertain ? 'uncertain' : null
  const said = doubtful ? t(`value.${doubtful}`) : stale ? t('value.stale', { when }) : format.exact(latest.at)
  return (
    <Tooltip title={said}>
      <span
        className={styles['value']}
        data-standing={!judged || number === null ? undefined : standing(number, signal.limits)}
        data-stale={stale || doubtful !== null || undefined}
      >
        <span className={styles['number']}>{shown}</span>
        {signal.unit ? <span className={styles['unit']}>{withUnit('', signal.unit).trim()}</span> : null}
        {stale || doubtful ? <span className="visually-hidden">{said}</span> : null}
      </span>
    </Tooltip>
  )
}
