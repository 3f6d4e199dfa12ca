import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { isDecimal } from './decimal-text.ts'

interface DecimalFieldProps {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** A quantity as text: no float touches it, and a phone shows its number keys. */
export function DecimalField({ name, label, unit }: DecimalFieldProps) {
  const { t } = useTranslation('ticket')
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        { required: true, message: t('decimal.required') },
        {
          validator: (_, typed: string | undefined) =>
            !typed || isDecimal(typed) ? Promise.resolve() : Promise.reject(new Error(t('decimal.wrong'))),
        },
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" suffix={<span className="muted">{unit}</span>} />
    </Form.Item>
  )
}
