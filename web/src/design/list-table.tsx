import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { Button, Table, type TableProps } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Page } from '../api/query.ts'
import { ErrorNotice } from './error-notice.tsx'
import styles from './list-table.module.css'
import { Panel } from './panel.tsx'
import { usePhone } from './use-media.ts'

interface ListTableProps<Item extends object> {
  /** Of `useInfiniteQuery(listing(…))`. */
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>
  readonly columns: NonNullable<TableProps<Item>['columns']>
  readonly rowKey: (item: Item) => string
  /** What the table lists, for screen readers. */
  readonly label: string
  /** Opens a row, by click and by Enter; arrows move between rows. */
  readonly onOpen?: (item: Item) => void
  /** One item on a phone, where a table has no room. */
  readonly card: (item: Item) => ReactNode
  /** Instead of rows, when there are none. */
  readonly empty: ReactNode
}

/**
 * A server-side list: rows of a cursor, loaded page after page; the head stays in view. On a phone the same items are
 * cards. The first load shows rows of the final height.
 */
export function ListTable<Item extends object>(props: ListTableProps<Item>) {
  const { query, columns, rowKey, label, onOpen, card, empty } = props
  const { t } = useTranslation()
  const phone = usePhone()
  const items = query.data?.pages.flatMap((page) => page.items) ?? []

  if (query.isError && items.length === 0)
    return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (query.isSuccess && items.length === 0) return <Panel>{empty}</Panel>
  return (
    <div
      className={styles['list']}
      data-updating={query.isPlaceholderData || undefined}
      aria-busy={query.isPending || query.isPlaceholderData}
    >
      {phone ? (
        <ul className={styles['cards']} aria-label={label}>
          {query.isPending
            ? Array.from({ length: 6 }, (_, place) => (
                <li key={place} className={styles['waiting']} aria-hidden="true" />
              ))
            : items.map((item) => (
                <li key={rowKey(item)} className={styles['card']}>
                  {onOpen ? (
                    <button type="button" onClick={() => onOpen(item)}>
                      {card(item)}
                    </button>
                  ) : (
                    card(item)
                  )}
                </li>
              ))}
        </ul>
      ) : (
        <Panel flush>
          <Table<Item>
            aria-label={label}
            columns={query.isPending ? columns.map(waiting) : columns}
            dataSource={query.isPending ? placeholders() : items}
            rowKey={(item) => (query.isPending ? String(Reflect.get(item, 'place')) : rowKey(item))}
            pagination={false}
            sticky={{ offsetHeader: 60 }}
            scroll={{ x: 'max-content' }}
            {...(onOpen && !query.isPending ? { onRow: (item) => openable(() => onOpen(item)) } : {})}
          />
        </Panel>
      )}
      {query.isError ? <ErrorNotice error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? null : (
        <div className={styles['foot']}>
          <span className="muted">{t('list.shown', { count: items.length })}</span>
          {query.hasNextPage ? (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('action.more')}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  )
}

/** Ten rows to hold the place; nothing of them is drawn. */
function placeholders<Item extends object>(): Item[] {
  return Array.from({ length: 10 }, (_, place) => ({ place }) as unknown as Item)
}

/** A column whose rows are still on their way: its own rendering never sees a placeholder. */
const waiting = <Column extends object>(column: Column): Column => ({
  ...column,
  render: () => <span className={styles['bone']} />,
})

/** What a row needs to be opened by click and by keyboard. */
function openable(open: () => void) {
  return {
    tabIndex: 0,
    className: styles['row'] ?? '',
    onClick: () => {
      // Somebody marked a number to copy it.
      if (getSelection()?.isCollapsed ?? true) open()
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return
      if (event.key === 'Enter') open()
      const next = neighbour(event.currentTarget, event.key)
      if (!next) return
      // The page would scroll by itself besides.
      event.preventDefault()
      next.focus()
    },
  }
}

/** The row above or below for an arrow key. */
function neighbour(row: HTMLElement, key: string): HTMLElement | null {
  const next = key === 'ArrowDown' ? row.nextElementSibling : key === 'ArrowUp' ? row.previousElementSibling : null
  return next instanceof HTMLElement && next.tabIndex === 0 ? next : null
}
