import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { toggled } from './column-choice.ts'
import styles from './list-tools.module.css'
import type { Columns } from './use-columns.ts'

/** Which columns of the list are shown; at once, and remembered on this device. */
export function ColumnMenu({ columns: { names, hidden, hide } }: { readonly columns: Columns }) {
  const { t } = useTranslation('lists')
  return (
    <>
      <ul className={styles['rows']}>
        {names.map(({ key, name, always }) => (
          <li key={key}>
            <Checkbox
              checked={!hidden.includes(key)}
              disabled={always}
              onChange={({ target }) => hide(toggled(hidden, key, target.checked))}
            >
              {always ? t('columns.always', { name }) : name}
            </Checkbox>
          </li>
        ))}
      </ul>
      <div className={styles['foot']}>
        <Button type="link" size="small" disabled={hidden.length === 0} onClick={() => hide([])}>
          {t('columns.reset')}
        </Button>
      </div>
    </>
  )
}
