import { CheckOutlined, CloseOutlined, MinusOutlined, StopOutlined } from '@ant-design/icons'
import type { Suggestion } from '@fettle/contracts/engineers'
import { Button } from 'antd'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StateTag } from '../../../design/state-tag.tsx'
import { TimeText } from '../../../design/time-text.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './assign-form.module.css'

type Verdict = Suggestion['factors'][number]['verdict']
const icons: Record<Verdict, ComponentType<{ readonly 'aria-hidden': 'true' }>> = {
  good: CheckOutlined,
  fair: MinusOutlined,
  bad: CloseOutlined,
  blocks: StopOutlined,
}

interface SuggestionCardProps {
  readonly suggestion: Suggestion
  readonly best?: boolean
  readonly current?: boolean
  readonly assigning?: boolean
  readonly disabled?: boolean
  /** Absent for those who cannot go. */
  readonly onAssign?: () => void
}

/** One engineer for this job: score, distance, arrival against the promise, and each reason for and against. */
export function SuggestionCard(props: SuggestionCardProps) {
  const { suggestion, best = false, current = false, assigning = false, disabled = false, onAssign } = props
  const { t } = useTranslation('ticket')
  const format = useFormat()
  const { name, eligible, score, distanceKm, earliestArrival, withinSla, factors } = suggestion
  const tellsAll = best || !eligible
  const shown = tellsAll
    ? factors
    : factors.filter(({ factor, verdict }) => verdict === 'bad' || deciding.includes(factor))
  const rest = factors.filter((factor) => !shown.includes(factor))
  return (
    <article
      className={styles['card']}
      data-best={best || undefined}
      data-blocked={!eligible || undefined}
      aria-label={name}
    >
      <header>
        <strong>{name}</strong>
        {current ? <span className={styles['current']}>{t('assign.current')}</span> : null}
        <span className="muted">{t('assign.distance', { km: format.count(distanceKm) })}</span>
        {eligible ? (
          <span className={styles['score']} aria-label={t('assign.score', { score })}>
            {score.toFixed(0)}
          </span>
        ) : null}
      </header>
      {earliestArrival ? (
        <p className={styles['arrival']}>
          <span className="muted">{t('assign.arrival')}</span>
          <TimeText at={earliestArrival} as="short" />
          {withinSla === null ? null : (
            <StateTag tone={withinSla ? 'ok' : 'critical'} plain>
              {t(withinSla ? 'assign.inTime' : 'assign.tooLate')}
            </StateTag>
          )}
        </p>
      ) : null}
      <Factors factors={shown} />
      {rest.length > 0 ? (
        <details className={styles['rest']}>
          <summary>{t('assign.rest', { count: rest.length })}</summary>
          <Factors factors={rest} />
        </details>
      ) : null}
      {onAssign ? (
        <Button
          type={best ? 'primary' : 'default'}
          block
          loading={assigning}
          disabled={disabled || current}
          onClick={onAssign}
        >
          {t('assign.to', { name })}
        </Button>
      ) : null}
    </article>
  )
}

/** What decides between those who can go; for the best one everything is told. */
const deciding = ['skill', 'distance', 'sla', 'parts']

function Factors({ factors }: Pick<Suggestion, 'factors'>) {
  const { t } = useTranslation('ticket')
  const text = useText()
  return (
    <ul className={styles['factors']}>
      {factors.map((factor) => {
        const Icon = icons[factor.verdict]
        return (
          <li key={`${factor.factor} ${factor.text.en}`} data-verdict={factor.verdict}>
            <Icon aria-hidden="true" />
            <span>
              <span className="visually-hidden">{t(`assign.verdict.${factor.verdict}`)}</span>
              {text(factor.text)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
