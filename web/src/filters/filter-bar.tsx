import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '../design/use-media.ts'
import styles from './filter-bar.module.css'

interface FilterBarProps {
  /** Always in view: the search and the first choice. */
  readonly children?: ReactNode
  /** In view on wide screens; behind a button on a phone. */
  readonly more?: ReactNode
  /** How many of `more` filter at present. */
  readonly active?: number
  /** Empties every filter; absent when none is set. */
  readonly onClear?: (() => void) | undefined
  /** At the right: what can be done with the list as a whole. */
  readonly tools?: ReactNode
}

/** The filters above a list. They live in the address, so a list can be sent to a colleague as it is. */
export function FilterBar({ children, more, active = 0, onClear, tools }: FilterBarProps) {
  const { t } = useTranslation(['filters', 'common'])
  const phone = usePhone()
  const [open, setOpen] = useState(active > 0)
  const shown = more && (!phone || open)
  return (
    <search className={styles['bar']}>
      <div className={styles['filters']}>
        {children}
        {more && phone ? (
          <Badge count={active}>
            <Button icon={<FilterOutlined aria-hidden="true" />} aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('filters:more')}
            </Button>
          </Badge>
        ) : null}
        {shown ? <div className={styles['more']}>{more}</div> : null}
        {onClear ? (
          <Button type="link" className={styles['clear'] ?? ''} onClick={onClear}>
            {t('common:action.clearFilters')}
          </Button>
        ) : null}
      </div>
      {tools ? <div className={styles['tools']}>{tools}</div> : null}
    </search>
  )
}
