import type { LikelyFailure } from '@fettle/contracts/failure-modes'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './likely-failures.module.css'

/** Causes that fit what was seen, most likely first, each with its share, its reasons, and what mending it takes. */
export function LikelyFailures({ failures }: { readonly failures: readonly LikelyFailure[] }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const format = useFormat()
  if (failures.length === 0) return <p className="muted">{t('likely.none')}</p>
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
          {failure.reasons.map((reason) => (
            <p key={reason.en}>{text(reason)}</p>
          ))}
          <p className="muted">
            {t('likely.takes', { hours: format.decimal(failure.standardHours), persons: failure.persons })}
            {failure.parts.length > 0 ? (
              <>
                {' · '}
                {failure.parts
                  .map(({ partCode, quantity, optional }) =>
                    t(optional ? 'likely.partOptional' : 'likely.part', {
                      code: partCode,
                      quantity: format.decimal(quantity),
                    }),
                  )
                  .join(t('separator'))}
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ol>
  )
}
