import { listDeadLetters, type DeadLetter } from '@fettle/contracts/gateways'
import { uplinkRejections, type UplinkRejection } from '@fettle/contracts/uplink'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { TableProps } from 'antd'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { compact } from '../../app/search-params.ts'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { useFormat } from '../../format/use-format.ts'
import { DeadLetterDrawer } from './dead-letter-drawer.tsx'
import { ReplayButton } from './replay-button.tsx'
import styles from './gateways.module.css'

const route = getRouteApi('/app/gateways')

interface LetterSearch {
  readonly q?: string | undefined
  readonly code?: UplinkRejection | undefined
  readonly letter?: number | undefined
}

/** What could not be taken, and why; it can be tried again when the cause is mended. */
export function DeadLetters() {
  const { t } = useTranslation('gateways')
  const { q, code, letter } = route.useSearch()
  const navigate = useNavigate()
  const change = useCallback(
    (next: LetterSearch) =>
      void navigate({ to: '/gateways', search: { view: 'letters' as const, ...compact(next) }, replace: true }),
    [navigate],
  )
  const onSearch = useCallback((typed: string | undefined) => change({ q: typed, code }), [change, code])
  const query = useInfiniteQuery(listing(listDeadLetters, { querystring: compact({ q, code }) }))
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <FilterBar onClear={q || code ? () => change({}) : undefined}>
        <SearchField label={t('letters.search')} value={q} onChange={onSearch} />
        <FilterSelect
          label={t('letters.code')}
          value={code}
          options={uplinkRejections.map((value) => ({ value, label: t(`reason.${value}`) }))}
          onChange={(value) => change({ q, code: value })}
        />
      </FilterBar>
      <ListTable
        query={query}
        columns={useColumns()}
        rowKey={({ id }) => String(id)}
        label={t('letters.label')}
        onOpen={({ id }: DeadLetter) => change({ q, code, letter: id })}
        card={(item) => <LetterCard letter={item} />}
        empty={<EmptyState title={t('letters.none')} hint={t('letters.noneHint')} />}
      />
      <DeadLetterDrawer letter={items.find(({ id }) => id === letter)} onClose={() => change({ q, code })} />
    </>
  )
}

function useColumns(): NonNullable<TableProps<DeadLetter>['columns']> {
  const { t } = useTranslation('gateways')
  const format = useFormat()
  return useMemo(
    () => [
      {
        key: 'at',
        title: t('letters.column.at'),
        render: (_, { receivedAt }) => <TimeText at={receivedAt} as="short" />,
      },
      { key: 'source', title: t('letters.column.source'), render: (_, { source }) => source },
      { key: 'code', title: t('letters.column.code'), render: (_, { code }) => t(`reason.${code}`) },
      {
        key: 'detail',
        title: t('letters.column.detail'),
        render: (_, { detail }) => <span className={styles['clipped']}>{detail}</span>,
      },
      {
        key: 'readings',
        title: t('letters.column.readings'),
        align: 'right',
        render: (_, { readings }) => format.count(readings),
      },
      { key: 'replayed', title: t('letters.column.replayed'), render: (_, letter) => <ReplayButton letter={letter} /> },
    ],
    [t, format],
  )
}

function LetterCard({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useTranslation('gateways')
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <strong>{t(`reason.${letter.code}`)}</strong>
        <span className="muted">
          <TimeText at={letter.receivedAt} />
        </span>
      </span>
      <span className={styles['clipped']}>{letter.detail}</span>
      <span className="muted">{letter.source}</span>
    </span>
  )
}
