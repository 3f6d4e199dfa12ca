import { getCustomer, type Site } from '@fettle/contracts/customers'
import { scheduleVisit } from '@fettle/contracts/visits'
import { liesWithin, readStopWindow, type StopWindow } from '@fettle/domain/tickets/stop-window'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Skeleton } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { serverClock } from '../../../format/server-clock.ts'
import styles from '../form-row.module.css'
import { fromLocalInput, toLocalInput } from '../../../format/local-time.ts'
import { proposedVisit } from './proposed-visit.ts'
import { SiteAccessHint } from './site-access-hint.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { useTicketWrite } from '../use-ticket-write.ts'

interface Fields {
  readonly start: string
  readonly end: string
}

/** Agrees when the engineer comes; a planned appointment gives way to the new one. */
export function ScheduleForm(props: StepFormProps) {
  const { customerId, siteId } = props.ticket
  const customer = useQuery(reading(getCustomer, { params: { customerId } }))
  if (customer.isPending) return <Skeleton active paragraph={{ rows: 2 }} />
  // Without the customer's file the visit can be agreed all the same.
  return <VisitForm {...props} access={customer.data?.sites.find(({ id }) => id === siteId)?.access} />
}

interface VisitFormProps extends StepFormProps {
  readonly access: Site['access'] | undefined
}

/** Proposes a time at which the machine may stand, and says when another one is chosen. Times are in the viewer's zone. */
function VisitForm({ ticket, onDone, access }: VisitFormProps) {
  const { t } = useTranslation(['ticket'])
  const [form] = Form.useForm<Fields>()
  const schedule = useTicketWrite(scheduleVisit)
  const when = access?.stopWindow ?? ''
  const [stopWindow] = useState(() => readStopWindow(when))
  const [proposed] = useState(() => proposedVisit(stopWindow, serverClock.now()))
  const [initial] = useState<Fields>({ start: toLocalInput(proposed.start), end: toLocalInput(proposed.end) })
  const lengthMs = useRef(proposed.end - proposed.start)
  const chosen = Form.useWatch([], form) ?? initial

  /** The end follows the beginning and the length stays, so that moving an appointment is one change. */
  function keepLength(changed: Partial<Fields>, { start, end }: Fields) {
    const [from, to] = [fromLocalInput(start), fromLocalInput(end)]
    if (from === null) return
    if (changed.start !== undefined) form.setFieldValue('end', toLocalInput(from + lengthMs.current))
    else if (to !== null && to > from) lengthMs.current = to - from
  }

  function submit({ start, end }: Fields) {
    const [from, to] = [fromLocalInput(start), fromLocalInput(end)]
    if (from === null || to === null) return
    schedule.mutate(
      {
        params: { ticketId: ticket.id },
        body: {
          plannedStart: new Date(from).toISOString(),
          plannedEnd: new Date(to).toISOString(),
          expectedVersion: ticket.version,
        },
      },
      { onSuccess: onDone },
    )
  }

  return (
    <Form<Fields>
      form={form}
      name="schedule"
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onValuesChange={keepLength}
      onFinish={submit}
    >
      {access ? <SiteAccessHint access={access} /> : null}
      <div className={styles['times']}>
        <Form.Item
          name="start"
          label={t('ticket:schedule.start')}
          rules={[{ required: true, message: t('ticket:schedule.startRequired') }]}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item
          name="end"
          label={t('ticket:schedule.end')}
          dependencies={['start']}
          rules={[
            { required: true, message: t('ticket:schedule.endRequired') },
            ({ getFieldValue }) => ({
              validator: (_, end: string) =>
                (fromLocalInput(end) ?? Infinity) > (fromLocalInput(String(getFieldValue('start'))) ?? -Infinity)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('ticket:schedule.endAfterStart'))),
            }),
          ]}
        >
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <p className={styles['caution']} aria-live="polite">
        {isOutside(stopWindow, chosen) ? t('ticket:schedule.outsideWindow', { when }) : null}
      </p>
      {schedule.error ? <ErrorNotice error={schedule.error} kept /> : null}
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" loading={schedule.isPending}>
          {t('ticket:schedule.confirm')}
        </Button>
        <Button onClick={onDone}>{t('ticket:fold')}</Button>
      </div>
    </Form>
  )
}

/** Whether a whole appointment is chosen that the customer's hours do not cover. */
function isOutside(window: StopWindow | null, fields: Fields): boolean {
  const [start, end] = [fromLocalInput(fields.start), fromLocalInput(fields.end)]
  return window !== null && start !== null && end !== null && start < end && !liesWithin(window, { start, end })
}
