import type { PlainTicketAction, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import { transitionTicket } from '@fettle/contracts/tickets'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { useText } from '../../../i18n/use-text.ts'
import styles from '../form-row.module.css'
import type { StepFormProps } from './step-form-props.ts'
import { useTicketWrite } from '../use-ticket-write.ts'
import { WaitingChoice } from './waiting-choice.tsx'

interface Fields {
  readonly reason: string
  readonly waitingFor?: WaitingFor
}

/** Steps that leave the usual path say why, and to put on hold what is waited for; both stand in the trail. */
export function ReasonForm({ ticket, step, action, onDone }: StepFormProps & { readonly action: PlainTicketAction }) {
  const { t } = useTranslation(['ticket'])
  const text = useText()
  const move = useTicketWrite(transitionTicket)
  return (
    <Form<Fields>
      name={`reason-${action}`}
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason, ...waiting }) =>
        move.mutate(
          {
            params: { ticketId: ticket.id },
            body: { action, reason: reason.trim(), ...waiting, expectedVersion: ticket.version },
          },
          { onSuccess: onDone },
        )
      }
    >
      {step.requires.includes('waiting') ? (
        <Form.Item
          name="waitingFor"
          label={t('ticket:waiting.label')}
          rules={[{ required: true, message: t('ticket:waiting.required') }]}
        >
          <WaitingChoice />
        </Form.Item>
      ) : null}
      <Form.Item
        name="reason"
        label={t('ticket:reason.label')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('ticket:reason.required') }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      {move.error ? <ErrorNotice error={move.error} kept /> : null}
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" loading={move.isPending}>
          {t('ticket:reason.confirm', { step: text(step.label) })}
        </Button>
        <Button onClick={onDone}>{t('ticket:fold')}</Button>
      </div>
    </Form>
  )
}
