import type { RequestOf } from '@fettle/contracts/route'
import { addMoneyLine, moneyKinds, moneySides, payers, type Payer } from '@fettle/contracts/money'
import { claimable } from '@fettle/domain/costs/own-burden'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { centsOf, isDecimal, normalDecimal } from '../decimal-text.ts'
import styles from '../form-row.module.css'
import { useTicketWrite } from '../use-ticket-write.ts'
import { taxRateText } from './tax-rate-text.ts'

type Line = RequestOf<typeof addMoneyLine>['body']
interface Fields extends Pick<Line, 'side' | 'kind' | 'description' | 'unit' | 'payer' | 'taxIncluded' | 'taxRate'> {
  readonly quantity: string
  /** In yuan, as people speak of prices. */
  readonly price: string
}

/** China's VAT rates in force; the amount without tax follows from them. */
const taxRates = ['0.13', '0.09', '0.06', '0.03', '0'] as const
/** Who usually bears what, and whether such prices include tax; both can be changed. */
const usual: Record<Line['side'], { readonly payer: Payer; readonly taxIncluded: boolean }> = {
  cost: { payer: 'us', taxIncluded: false },
  revenue: { payer: 'customer', taxIncluded: true },
  claim: { payer: 'supplier', taxIncluded: false },
}

interface AddLineFormProps {
  readonly ticketId: string
  readonly onDone: () => void
}

/** A line by hand: outsourcing, freight, a claim on a supplier, a discount. */
export function AddLineForm({ ticketId, onDone }: AddLineFormProps) {
  const { t } = useTranslation(['money'])
  const [form] = Form.useForm<Fields>()
  const bearers = Form.useWatch('side', form) === 'claim' ? claimable : payers
  const add = useTicketWrite(addMoneyLine)

  function submit({ price, quantity, description, unit, ...line }: Fields) {
    const unitPriceCents = centsOf(price)
    if (unitPriceCents === null) return
    const body = {
      ...line,
      description: description.trim(),
      unit: unit.trim(),
      quantity: normalDecimal(quantity),
      unitPriceCents,
    }
    add.mutate({ params: { ticketId }, body }, { onSuccess: onDone })
  }

  return (
    <Form<Fields>
      form={form}
      name="money-line"
      layout="vertical"
      requiredMark={false}
      className={styles['form'] ?? ''}
      initialValues={{
        side: 'cost',
        kind: 'outsourcing',
        quantity: '1',
        unit: t('money:unitDefault'),
        taxRate: '0.13',
        ...usual.cost,
      }}
      onValuesChange={(changed: Partial<Fields>) => {
        if (changed.side) form.setFieldsValue(usual[changed.side])
      }}
      onFinish={submit}
    >
      <div className={styles['row']}>
        <Form.Item name="side" label={t('money:field.side')}>
          <Select options={moneySides.map((value) => ({ value, label: t(`money:side.${value}`) }))} />
        </Form.Item>
        <Form.Item name="kind" label={t('money:field.kind')}>
          <Select options={moneyKinds.map((value) => ({ value, label: t(`money:kind.${value}`) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="description"
        label={t('money:field.description')}
        rules={[{ required: true, whitespace: true, message: t('money:wrong.description') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <div className={styles['row']}>
        <Form.Item
          name="quantity"
          label={t('money:field.quantity')}
          rules={[must(isDecimal, t('money:wrong.quantity'))]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="unit"
          label={t('money:field.unit')}
          rules={[{ required: true, whitespace: true, message: t('money:wrong.unit') }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="price"
          label={t('money:field.price')}
          rules={[must((typed) => centsOf(typed) !== null, t('money:wrong.price'))]}
        >
          <Input inputMode="decimal" autoComplete="off" prefix="¥" />
        </Form.Item>
      </div>
      <div className={styles['row']}>
        <Form.Item name="payer" label={t('money:field.payer')}>
          <Select options={bearers.map((value) => ({ value, label: t(`money:payer.${value}`) }))} />
        </Form.Item>
        <Form.Item name="taxRate" label={t('money:field.taxRate')}>
          <Select options={taxRates.map((value) => ({ value, label: taxRateText(value) }))} />
        </Form.Item>
      </div>
      <Form.Item name="taxIncluded" valuePropName="checked">
        <Checkbox>{t('money:field.taxIncluded')}</Checkbox>
      </Form.Item>
      {add.error ? <ErrorNotice error={add.error} kept /> : null}
      <div className={styles['actions']}>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('money:confirm')}
        </Button>
        <Button onClick={onDone}>{t('money:fold')}</Button>
      </div>
    </Form>
  )
}

function must(isRight: (typed: string) => boolean, message: string) {
  return {
    validator: (_: unknown, typed: string | undefined) =>
      isRight(typed ?? '') ? Promise.resolve() : Promise.reject(new Error(message)),
  }
}
