import { scheduleVisit } from '@fettle/contracts/visits'
import { Button, Form, Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { serverClock } from '../../../format/server-clock.ts'
import styles from '../form-row.module.css'
import { fromLocalInput, nextHalfHour, toLocalInput } from '../../../format/local-time.ts'
import { SiteAccessHint } from './site-access-hint.tsx'
import type { StepFormProps } from './step-form-props.ts'
import { useTicketWrite } from '../use-ticket-write.ts'

const HOUR = 3_600_000
const LEAD_MS = HOUR
const USUAL_MS = 3 * HOUR

interface Fields {
  readonly start: string
  readonly end: string
}

/** Agrees when the engineer comes; a planned appointment gives way to the new one. Times are in the viewer's zone. */
export function ScheduleForm({ ticket, onDone }: StepFormProps) {
  const { t } = useTranslation(['ticket'])
  const [form] = Form.useForm<Fields>()
  const schedule = useTicketWrite(scheduleVisit)
  const lengthMs = useRef(USUAL_MS)
  const [initial] = useState<Fields>(() => {
    const start = nextHalfHour(serverClock.now() + LEAD_MS)
    return { start: toLocalInput(start), end: toLocalInput(start + USUAL_MS) }
  })

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
      <SiteAccessHint customerId={ticket.customerId} siteId={ticket.siteId} />
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
