import { waitingFors, type WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import { pausesPromises } from '@fettle/domain/sla/pause'
import { Radio } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './waiting-choice.module.css'

interface WaitingChoiceProps {
  /** Given by the form, with what it says of the field to a screen reader. */
  readonly id?: string
  readonly 'aria-required'?: boolean | 'true' | 'false'
  readonly 'aria-invalid'?: boolean | 'true' | 'false'
  readonly 'aria-describedby'?: string
  readonly value?: WaitingFor
  readonly onChange?: (waitingFor: WaitingFor) => void
}

/** What is waited for, in two groups: the customer, which pauses the promises made to him, and ourselves, which does not. */
export function WaitingChoice({ value, onChange, ...field }: WaitingChoiceProps) {
  const { t } = useTranslation('ticket')
  return (
    <Radio.Group
      {...field}
      value={value ?? null}
      aria-label={t('waiting.label')}
      className={styles['choice'] ?? ''}
      onChange={(event) => {
        const chosen = waitingFors.find((each) => each === event.target.value)
        if (chosen) onChange?.(chosen)
      }}
    >
      <Options
        title={t('waiting.pausing')}
        hint={t('waiting.pausingHint')}
        options={waitingFors.filter(pausesPromises)}
      />
      <Options
        title={t('waiting.ours')}
        hint={t('waiting.oursHint')}
        options={waitingFors.filter((each) => !pausesPromises(each))}
      />
    </Radio.Group>
  )
}

interface OptionsProps {
  readonly title: string
  readonly hint: string
  readonly options: readonly WaitingFor[]
}

function Options({ title, hint, options }: OptionsProps) {
  const { t } = useTranslation('ticket')
  const id = useId()
  return (
    <fieldset className={styles['group']} aria-describedby={id}>
      <legend>{title}</legend>
      <p id={id} className="muted">
        {hint}
      </p>
      {options.map((option) => (
        <Radio key={option} value={option}>
          {t(`waiting.for.${option}`)}
        </Radio>
      ))}
    </fieldset>
  )
}
