import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../format/use-format.ts'
import { MEASURED_DECIMALS, MEASURED_MOST, measuredFault } from './decimal-text.ts'

interface DecimalFieldProps {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** Hours or kilometres as text: no float touches them, and a phone shows its number keys. */
export function DecimalField({ name, label, unit }: DecimalFieldProps) {
  const { t } = useTranslation('ticket')
  const format = useFormat()
  const said = {
    wrong: t('decimal.wrong', { decimals: MEASURED_DECIMALS }),
    tooLarge: t('decimal.tooLarge', { most: format.decimal(MEASURED_MOST) }),
  }
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        { required: true, message: t('decimal.required') },
        {
          validator: (_, typed: string | undefined) => {
            const fault = typed ? measuredFault(typed) : null
            return fault ? Promise.reject(new Error(said[fault])) : Promise.resolve()
          },
        },
      ]}
    >
      <Input inputMode="decimal" autoComplete="off" suffix={<span className="muted">{unit}</span>} />
    </Form.Item>
  )
}
