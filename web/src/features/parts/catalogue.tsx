import { exportParts } from '@fettle/contracts/exports'
import { listParts, type Part } from '@fettle/contracts/parts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import { compact } from '../../app/search-params.ts'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { listFile } from '../../exports/download.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { viewSearch } from '../../views/current-view.ts'
import { ListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { PartCard, usePartColumns } from './part-columns.tsx'
import { PartDrawer } from './part-drawer.tsx'
import { useFamilies } from './use-families.ts'

const route = getRouteApi('/app/parts')

interface PartSearch {
  readonly q?: string | undefined
  readonly modelFamily?: string | undefined
  readonly part?: string | undefined
}

/** Every part with what is on hand; a row opens where it lies. */
export function Catalogue() {
  const { t } = useTranslation('parts')
  const may = useMay()
  const search = route.useSearch()
  const { q, modelFamily, part } = search
  const navigate = useNavigate()
  const families = useFamilies()
  const change = useCallback(
    (next: PartSearch) => void navigate({ to: '/parts', search: compact(next), replace: true }),
    [navigate],
  )
  const onSearch = useCallback((typed: string | undefined) => change({ q: typed, modelFamily }), [change, modelFamily])
  const querystring = compact({ q, modelFamily })
  const query = useInfiniteQuery(listing(listParts, { querystring: { limit: 100, ...querystring } }))
  const columns = useColumns('parts', usePartColumns(), 'part')
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <FilterBar
        onClear={q || modelFamily ? () => change({}) : undefined}
        tools={
          <ListTools
            list="parts"
            search={viewSearch(search, ['part'])}
            columns={columns}
            file={may('exportParts') ? listFile(exportParts, querystring, t('file')) : undefined}
          />
        }
      >
        <SearchField label={t('search')} value={q} onChange={onSearch} />
        <FilterSelect
          label={t('family')}
          value={modelFamily}
          options={families.map((value) => ({ value, label: value }))}
          onChange={(value) => change({ q, modelFamily: value })}
        />
      </FilterBar>
      <ListTable
        query={query}
        columns={columns.shown}
        rowKey={({ id }) => id}
        label={t('label')}
        onOpen={({ id }: Part) => change({ q, modelFamily, part: id })}
        card={(item) => <PartCard part={item} />}
        empty={<EmptyState title={t('none')} hint={t('noneHint')} />}
      />
      <PartDrawer partId={part} part={items.find(({ id }) => id === part)} onClose={() => change({ q, modelFamily })} />
    </>
  )
}
