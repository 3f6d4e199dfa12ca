import { getAsset } from '@fettle/contracts/assets'
import { listFailureModes } from '@fettle/contracts/failure-modes'
import { submitReport } from '@fettle/contracts/visits'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { reading, whole } from '../../../api/query.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { useText } from '../../../i18n/use-text.ts'
import { DecimalField } from '../decimal-field.tsx'
import styles from '../form-row.module.css'
import { reportBody, type ReportFields } from './report-fields.ts'
import type { StepFormProps } from './step-form-props.ts'
import { useDraft } from '../use-draft.ts'
import { useTicketWrite } from '../use-ticket-write.ts'

const outcomes = submitReport.schema.body.properties.outcome.anyOf.map(({ const: outcome }) => outcome)

/**
 * The completion report: what it was, what was done, hours and kilometres. It is kept on this device while it is being
 * written, so that neither a call nor an empty battery loses it.
 */
export function ReportForm({ ticket, onDone }: StepFormProps) {
  const { t } = useTranslation(['ticket', 'common'])
  const text = useText()
  const format = useFormat()
  const [form] = Form.useForm<ReportFields>()
  const chosen = Form.useWatch('failureModeId', form)
  const draft = useDraft<ReportFields>(`report.${ticket.id}`)
  const submit = useTicketWrite(submitReport)
  const asset = useQuery(reading(getAsset, { params: { assetId: ticket.assetId } }))
  const modelKey = asset.data?.modelKey
  const modes = useQuery({
    ...whole(listFailureModes, { querystring: modelKey === undefined ? {} : { modelKey } }),
    enabled: modelKey !== undefined,
  })
  const mode = modes.data?.items.find(({ id }) => id === chosen)

  // The ticket's own failure mode is the first guess, once the catalogue is there; what was typed before wins.
  const guess = modes.data?.items.find(({ key }) => key === ticket.failureModeKey)?.id
  useEffect(() => {
    if (guess !== undefined && form.getFieldValue('failureModeId') === undefined)
      form.setFieldValue('failureModeId', guess)
  }, [guess, form])

  function finish(fields: ReportFields) {
    submit.mutate(
      { params: { ticketId: ticket.id }, body: { ...reportBody(fields), expectedVersion: ticket.version } },
      {
        onSuccess: () => {
          draft.forget()
          onDone()
        },
      },
    )
  }

  return (
    <Form<ReportFields>
      form={form}
      name="report"
      layout="vertical"
      requiredMark={false}
      initialValues={{ outcome: 'confirmed', ...draft.kept }}
      onValuesChange={(_, fields) => draft.keep(fields)}
      onFinish={finish}
      scrollToFirstError
    >
      <Form.Item
        name="failureModeId"
        label={t('ticket:report.failureMode')}
        extra={
          mode ? t('ticket:report.standard', { hours: format.decimal(mode.standardHours), fix: text(mode.fix) }) : null
        }
      >
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={modes.isLoading}
          options={(modes.data?.items ?? []).map(({ id, key, name }) => ({ value: id, label: `${key} ${text(name)}` }))}
        />
      </Form.Item>
      <Form.Item
        name="finding"
        label={t('ticket:report.finding')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('ticket:report.findingRequired') }]}
      >
        <Input.TextArea maxLength={4_000} autoSize={{ minRows: 2, maxRows: 10 }} />
      </Form.Item>
      <Form.Item
        name="work"
        label={t('ticket:report.work')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('ticket:report.workRequired') }]}
      >
        <Input.TextArea maxLength={4_000} autoSize={{ minRows: 2, maxRows: 10 }} />
      </Form.Item>
      <Form.Item name="outcome" label={t('ticket:report.outcome')}>
        <Select options={outcomes.map((value) => ({ value, label: t(`ticket:outcome.${value}`) }))} />
      </Form.Item>
      <div className={styles['row']}>
        <DecimalField name="workHours" label={t('ticket:report.workHours')} unit="h" />
        <DecimalField name="travelHours" label={t('ticket:report.travelHours')} unit="h" />
        <DecimalField name="travelKm" label={t('ticket:report.travelKm')} unit="km" />
      </div>
      <Form.Item
        name="customerName"
        label={t('ticket:report.customerName')}
        extra={t('ticket:report.customerNameHint')}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      {submit.error ? <ErrorNotice error={submit.error} kept /> : null}
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" size="large" loading={submit.isPending}>
          {t('ticket:report.confirm')}
        </Button>
        <Button size="large" onClick={onDone}>
          {t('ticket:report.later')}
        </Button>
      </div>
    </Form>
  )
}
