import type { ReplyOf, RequestOf } from '@fettle/contracts/route'
import { priorities, ticketTypes } from '@fettle/contracts/ticket-life-cycle'
import { createTicket } from '@fettle/contracts/tickets'
import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { AssetPicker } from './asset-picker.tsx'
import styles from '../form-row.module.css'
import { useTicketWrite } from '../use-ticket-write.ts'

type Report = RequestOf<typeof createTicket>['body']
/** The fields as they are typed: what is left empty is ''. */
type Fields = Report & { readonly reporterName: string; readonly reporterPhone: string }

interface ReportFaultFormProps {
  readonly assetId: string | undefined
  readonly onReported: (answer: ReplyOf<typeof createTicket>) => void
}

export function ReportFaultForm({ assetId, onReported }: ReportFaultFormProps) {
  const { t } = useTranslation(['tickets', 'common'])
  const { role } = useMe()
  const create = useTicketWrite(createTicket)
  const sources = ['phone', 'qr', 'email', 'portal'] as const

  function submit({ reporterName, reporterPhone, ...report }: Fields) {
    const body: Report = {
      ...report,
      title: report.title.trim(),
      ...(reporterName.trim() ? { reporterName: reporterName.trim() } : {}),
      ...(reporterPhone.trim() ? { reporterPhone: reporterPhone.trim() } : {}),
    }
    create.mutate({ body }, { onSuccess: onReported })
  }

  return (
    <Form<Fields>
      name="intake"
      layout="vertical"
      requiredMark={false}
      initialValues={{
        ...(assetId === undefined ? {} : { assetId }),
        type: 'repair',
        source: role === 'customer' ? 'portal' : 'phone',
        priority: 'normal',
        title: '',
        description: '',
        reporterName: '',
        reporterPhone: '',
      }}
      onFinish={submit}
    >
      <Form.Item
        name="assetId"
        label={t('tickets:intake.asset')}
        rules={[{ required: true, message: t('tickets:intake.assetRequired') }]}
      >
        <AssetPicker />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('tickets:intake.subject')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('tickets:intake.subjectRequired') }]}
      >
        <Input maxLength={200} placeholder={t('tickets:intake.subjectPlaceholder')} />
      </Form.Item>
      <Form.Item name="description" label={t('tickets:intake.description')}>
        <Input.TextArea
          maxLength={4_000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          placeholder={t('tickets:intake.descriptionPlaceholder')}
        />
      </Form.Item>
      <div className={styles['row']}>
        <Form.Item name="type" label={t('tickets:intake.type')}>
          <Select options={ticketTypes.map((value) => ({ value, label: t(`tickets:type.${value}`) }))} />
        </Form.Item>
        <Form.Item name="priority" label={t('tickets:intake.priority')}>
          <Select options={priorities.map((value) => ({ value, label: t(`common:priority.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="source" label={t('tickets:intake.source')} hidden={role === 'customer'}>
        <Select options={sources.map((value) => ({ value, label: t(`tickets:source.${value}`) }))} />
      </Form.Item>
      <div className={styles['row']}>
        <Form.Item name="reporterName" label={t('tickets:intake.reporter')}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="reporterPhone" label={t('tickets:intake.phone')}>
          <Input maxLength={30} type="tel" autoComplete="off" />
        </Form.Item>
      </div>
      {create.error ? <ErrorNotice error={create.error} kept /> : null}
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={create.isPending}
        className={styles['submit'] ?? ''}
      >
        {t('tickets:intake.submit')}
      </Button>
    </Form>
  )
}
