import type { InstalledPart } from '@fettle/contracts/assets'
import { consumePart, type Part, type StockLine } from '@fettle/contracts/parts'
import type { Ticket } from '@fettle/contracts/tickets'
import { AutoComplete, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { useQuantity } from '../../../format/use-quantity.ts'
import { isPositiveDecimal, normalDecimal } from '../decimal-text.ts'
import styles from '../form-row.module.css'
import { useTicketWrite } from '../use-ticket-write.ts'

interface Fields {
  readonly quantity: string
  readonly serial?: string
  readonly removedSerial?: string
}

interface TakePartFormProps {
  readonly ticket: Ticket
  readonly part: Part
  readonly line: StockLine
  /** What the machine's file says is built in, to name the serial that comes out. */
  readonly installed: readonly InstalledPart[]
  readonly onDone: () => void
}

/**
 * Takes one part: a serialised one by its number, scanned, typed or chosen, the others by quantity; the serial that comes
 * out where there is one.
 */
export function TakePartForm({ ticket, part, line, installed, onDone }: TakePartFormProps) {
  const { t } = useTranslation(['ticket'])
  const consume = useTicketWrite(consumePart)
  const { unit } = useQuantity()
  const [form] = Form.useForm<Fields>()
  const typed = Form.useWatch('quantity', form) ?? ''
  const builtIn = installed.flatMap(({ partCode, serial, removedAt }) =>
    partCode === part.code && serial !== null && removedAt === null ? [serial] : [],
  )

  function submit({ quantity, serial, removedSerial }: Fields) {
    const removed = removedSerial?.trim()
    consume.mutate(
      {
        params: { ticketId: ticket.id },
        body: {
          partId: part.id,
          locationId: line.locationId,
          quantity: part.serialised ? '1' : normalDecimal(quantity),
          ...(serial ? { serial } : {}),
          ...(removed ? { removedSerial: removed } : {}),
        },
      },
      { onSuccess: onDone },
    )
  }

  return (
    <Form<Fields>
      form={form}
      name={`take-${part.code}`}
      layout="vertical"
      requiredMark={false}
      initialValues={{
        quantity: '1',
        ...(line.serials.length === 1 ? { serial: line.serials[0] } : {}),
        ...(builtIn.length === 1 ? { removedSerial: builtIn[0] } : {}),
      }}
      onFinish={submit}
    >
      {part.serialised ? (
        <Form.Item
          name="serial"
          label={t('ticket:parts.newSerial')}
          rules={[
            { required: true, message: t('ticket:parts.serialRequired') },
            {
              validator: (_, serial: string | undefined) =>
                !serial || line.serials.includes(serial)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('ticket:parts.serialUnknown'))),
            },
          ]}
        >
          <AutoComplete options={line.serials.map((value) => ({ value }))} allowClear />
        </Form.Item>
      ) : (
        <Form.Item
          name="quantity"
          label={t('ticket:parts.quantity')}
          rules={[
            {
              validator: (_, typed: string) =>
                isPositiveDecimal(typed)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('ticket:parts.quantityWrong'))),
            },
          ]}
        >
          <Input
            inputMode="decimal"
            autoComplete="off"
            suffix={
              <span className="muted">{unit(isPositiveDecimal(typed) ? normalDecimal(typed) : '0', part.unit)}</span>
            }
          />
        </Form.Item>
      )}
      {part.serialised ? (
        <Form.Item
          name="removedSerial"
          label={t('ticket:parts.removedSerial')}
          extra={part.returnOld ? t('ticket:parts.returnOld') : null}
        >
          <AutoComplete options={builtIn.map((value) => ({ value }))} allowClear />
        </Form.Item>
      ) : part.returnOld ? (
        <p className={styles['hint']}>{t('ticket:parts.returnOld')}</p>
      ) : null}
      {consume.error ? <ErrorNotice error={consume.error} kept /> : null}
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" loading={consume.isPending}>
          {t('ticket:parts.confirm', { code: part.code })}
        </Button>
        <Button onClick={onDone}>{t('ticket:fold')}</Button>
      </div>
    </Form>
  )
}
