import { planMaintenance } from '@fettle/contracts/maintenance-windows'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/write.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { fromLocalInput, nextHalfHour, toLocalInput } from '../../format/local-time.ts'
import { serverClock } from '../../format/server-clock.ts'
import styles from './asset-page.module.css'

interface Fields {
  readonly from: string
  readonly to: string
  readonly reason: string
}

const usualMs = 4 * 3_600_000

interface PlanStopFormProps {
  readonly assetId: string
  readonly onDone: () => void
}

/** Times are in the viewer's zone. */
export function PlanStopForm({ assetId, onDone }: PlanStopFormProps) {
  const { t } = useTranslation(['assets', 'common'])
  const plan = useWrite(planMaintenance, {
    touches: ['listMaintenanceWindows', 'getAsset', 'listAssets', 'getOverview'],
  })
  const [initial] = useState(() => {
    const from = nextHalfHour(serverClock.now())
    return { from: toLocalInput(from), to: toLocalInput(from + usualMs), reason: '' }
  })

  function submit({ from, to, reason }: Fields) {
    const [fromMs, toMs] = [fromLocalInput(from), fromLocalInput(to)]
    if (fromMs === null || toMs === null) return
    const body = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), reason: reason.trim() }
    plan.mutate({ params: { assetId }, body }, { onSuccess: onDone })
  }

  return (
    <Form<Fields>
      name="planned-stop"
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={submit}
      className={styles['stopForm'] ?? ''}
    >
      <p className="muted">{t('assets:stops.effect')}</p>
      <div className={styles['stopTimes']}>
        <Form.Item
          name="from"
          label={t('assets:stops.from')}
          rules={[{ required: true, message: t('assets:stops.fromMissing') }]}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item
          name="to"
          label={t('assets:stops.to')}
          dependencies={['from']}
          rules={[
            { required: true, message: t('assets:stops.toMissing') },
            ({ getFieldValue }) => ({
              validator: (_, to: string) =>
                (fromLocalInput(to) ?? Infinity) > (fromLocalInput(String(getFieldValue('from'))) ?? -Infinity)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('assets:stops.toAfterFrom'))),
            }),
          ]}
        >
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item
        name="reason"
        label={t('assets:stops.reason')}
        rules={[{ required: true, whitespace: true, message: t('assets:mode.reasonMissing') }]}
      >
        <Input maxLength={500} placeholder={t('assets:stops.reasonExample')} />
      </Form.Item>
      {plan.error ? <ErrorNotice error={plan.error} kept /> : null}
      <div className={styles['stopActions']}>
        <Button type="primary" htmlType="submit" loading={plan.isPending}>
          {t('assets:stops.confirm')}
        </Button>
        <Button onClick={onDone}>{t('common:action.cancel')}</Button>
      </div>
    </Form>
  )
}
