import type { TicketAction, TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { AllowedStep, Ticket } from '@fettle/contracts/tickets'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { Panel } from '../../../design/panel.tsx'
import { useText } from '../../../i18n/use-text.ts'
import styles from './decision-panel.module.css'
import { LifeCycle } from './life-cycle.tsx'
import { StepForm } from './step-form.tsx'
import { isImmediate, stepsFor } from './step-operation.ts'
import { useImmediateStep } from './use-immediate-step.ts'
import { useReturnToState } from './use-return-to-state.ts'
import { WhoIsNext } from './who-is-next.tsx'

/**
 * Where the ticket stands and what this person can do next. Steps that need nothing happen at once; the others open
 * their form below the buttons and lead back to the state when it closes. Assigning opens by itself when it is the next
 * thing to do.
 */
export function DecisionPanel({ ticket }: { readonly ticket: Ticket }) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const may = useMay()
  const [opened, setOpened] = useState<TicketAction>()
  // Given up or done: nothing opens by itself again until the ticket has moved on.
  const [leftIn, setLeftIn] = useState<TicketState>()
  const immediate = useImmediateStep(ticket)
  const steps = stepsFor(ticket.steps, may)
  const byItself =
    leftIn === ticket.state ? undefined : steps.find(({ action, primary }) => action === 'assign' && primary)
  const awaited = opened ?? byItself?.action
  const step = steps.find(({ action }) => action === awaited)
  const returning = useReturnToState(step?.action)

  function leave() {
    returning.expect()
    setOpened(undefined)
    setLeftIn(ticket.state)
  }

  function press(pressed: AllowedStep) {
    returning.forget()
    if (isImmediate(pressed)) immediate.take(pressed.action)
    else setOpened(pressed.action)
  }

  return (
    <Panel title={t('decision.title')}>
      <div className={styles['body']}>
        <LifeCycle state={ticket.state} stateLine={returning.place} />
        {steps.length > 0 ? (
          <fieldset className={styles['steps']} aria-label={t('decision.steps')}>
            {steps.map((each) => (
              <Button
                key={each.action}
                type={each.primary ? 'primary' : 'default'}
                size={each.primary ? 'large' : 'middle'}
                className={styles[each.primary ? 'primary' : 'other'] ?? ''}
                aria-expanded={isImmediate(each) ? undefined : each.action === step?.action}
                loading={immediate.taking === each.action}
                disabled={immediate.taking !== null}
                onClick={() => press(each)}
              >
                {text(each.label)}
              </Button>
            ))}
          </fieldset>
        ) : (
          <WhoIsNext state={ticket.state} />
        )}
        {immediate.error ? <ErrorNotice error={immediate.error} /> : null}
        {step && !isImmediate(step) ? (
          <section className={styles['form']} aria-label={text(step.label)} onSubmitCapture={returning.expect}>
            {step.action === 'assign' ? null : <h3>{text(step.label)}</h3>}
            <StepForm key={step.action} ticket={ticket} step={step} onDone={leave} />
          </section>
        ) : null}
      </div>
    </Panel>
  )
}
