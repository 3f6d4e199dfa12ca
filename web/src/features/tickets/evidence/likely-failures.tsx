import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './likely-failures.module.css'

/** Below this share a cause is named, but folded away. */
const WORTH_SHOWING = 0.04

/** Causes that fit what was seen, most likely first, each with its share, its reasons, and what mending it takes. */
export function LikelyFailures({ failures }: { readonly failures: readonly LikelyFailure[] }) {
  const { t } = useTranslation('ticket')
  if (failures.length === 0) return <p className="muted">{t('likely.none')}</p>
  const shown = failures.filter(({ share }, place) => place === 0 || share >= WORTH_SHOWING)
  const folded = failures.slice(shown.length)
  return (
    <>
      <FailureList failures={shown} />
      {folded.length > 0 ? (
        <details className={styles['folded']}>
          <summary>{t('likely.less', { count: folded.length })}</summary>
          <FailureList failures={folded} />
        </details>
      ) : null}
    </>
  )
}

function FailureList({ failures }: { readonly failures: readonly LikelyFailure[] }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const format = useFormat()
  return (
    <ol className={styles['list']}>
      {failures.map((failure) => (
        <li key={failure.failureModeId}>
          <div className={styles['head']}>
            <strong>
              {failure.key} {text(failure.name)}
            </strong>
            <span className={styles['share']}>{format.percent(failure.share, 0)}</span>
          </div>
          <div className={styles['track']} aria-hidden="true">
            <div style={{ width: `${Math.round(failure.share * 100)}%` }} />
          </div>
          <ul className={styles['reasons']}>
            {failure.reasons.map((reason) => (
              <li key={reason.en}>{text(reason)}</li>
            ))}
          </ul>
          <p className="muted">
            {t('likely.takes', { hours: format.decimal(failure.standardHours), count: failure.persons })}
            {failure.parts.length > 0 ? ' · ' : null}
            {failure.parts
              .map(({ partCode, quantity, optional }) =>
                t(optional ? 'likely.partOptional' : 'likely.part', {
                  code: partCode,
                  quantity: format.decimal(quantity),
                }),
              )
              .join(t('separator'))}
          </p>
        </li>
      ))}
    </ol>
  )
}
