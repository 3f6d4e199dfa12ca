import type { TicketState } from '@fettle/contracts/ticket-life-cycle'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../../i18n/use-text.ts'
import styles from './life-cycle.module.css'
import { placeInLifeCycle, phases } from '../phases.ts'

interface LifeCycleProps {
  readonly state: TicketState
  /** The line that names the state; it takes the focus. */
  readonly stateLine: Ref<HTMLParagraphElement>
}

/** How far a ticket has come: six phases, the present one named by its state, which is announced when it changes. */
export function LifeCycle({ state, stateLine }: LifeCycleProps) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const place = placeInLifeCycle(state)
  const name = text(stateName(standardWorkflow, state))
  return (
    <div className={styles['cycle']} data-left={place === null || undefined}>
      <p ref={stateLine} tabIndex={-1} aria-live="polite" aria-atomic="true" className={styles['state']}>
        <span className="visually-hidden">{t('state.label')}</span>
        {name}
      </p>
      <ol aria-label={t('state.progress')}>
        {phases.map(({ key }, at) => {
          const standing = place === null ? 'ahead' : at < place ? 'done' : at === place ? 'now' : 'ahead'
          return (
            <li key={key} data-standing={standing} aria-current={standing === 'now' ? 'step' : undefined}>
              {t(`phase.${key}`)}
              {standing === 'done' ? <span className="visually-hidden">{t('state.done')}</span> : null}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
