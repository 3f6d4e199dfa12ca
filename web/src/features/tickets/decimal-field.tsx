import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { isDecimal } from './decimal-text.ts'

interface DecimalFieldProps {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** Hours and kilometres are taken to the hundredth (`Measured` of the contracts). */
const DECIMALS = 2

/** Hours or kilometres as text: no float touches them, and a phone shows its number keys. */
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
            !typed || isDecimal(typed, DECIMALS)
              ? Promise.resolve()
              : Promise.reject(new Error(t('decimal.wrong', { decimals: DECIMALS }))),
        },
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" suffix={<span className="muted">{unit}</span>} />
    </Form.Item>
  )
}
