import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import styles from './sort-title.module.css'

interface SortTitleProps {
  readonly children: string
  /** The field of the API that this column sorts by. */
  readonly by: string
  /** The sort in force, `-` before it for descending; undefined is the list's own order. */
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
}

/** The head of a column that can be sorted by the server: newest or last first, the other way round, as it was. */
export function SortTitle({ children, by, sort, onSort }: SortTitleProps) {
  const { t } = useTranslation('filters')
  const order = sort === `-${by}` ? 'descending' : sort === by ? 'ascending' : 'none'
  const next = order === 'none' ? `-${by}` : order === 'descending' ? by : undefined
  return (
    <button
      type="button"
      className={styles['title']}
      aria-label={t(`sort.${order}`, { column: children })}
      onClick={() => onSort(next)}
    >
      {children}
      <span className={styles['arrow']} aria-hidden="true">
        {order === 'descending' ? (
          <ArrowDownOutlined aria-hidden="true" />
        ) : order === 'ascending' ? (
          <ArrowUpOutlined aria-hidden="true" />
        ) : null}
      </span>
    </button>
  )
}
