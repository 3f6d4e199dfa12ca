import { exportAssets } from '@fettle/contracts/exports'
import { assetStates, listAssets, type AssetState } from '@fettle/contracts/assets'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, polled } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { compact } from '../../app/search-params.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { listFile } from '../../exports/download.ts'
import { FilterBar } from '../../filters/filter-bar.tsx'
import { FilterSelect } from '../../filters/filter-select.tsx'
import { FilterToggle } from '../../filters/filter-toggle.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { viewSearch } from '../../views/current-view.ts'
import { ListTools } from '../../views/list-tools.tsx'
import { useColumns } from '../../views/use-columns.ts'
import { AssetCard, useAssetColumns } from './asset-columns.tsx'

const route = getRouteApi('/app/assets')

interface AssetSearch {
  readonly q?: string | undefined
  readonly state?: AssetState | undefined
  readonly model?: string | undefined
  readonly customerId?: string | undefined
  /** Those too that nobody connected. */
  readonly all?: 'yes' | undefined
}

/** Every machine this person may see; filters live in the address. */
export function AssetsPage() {
  const { t } = useTranslation(['assets', 'common'])
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const change = useCallback(
    (next: AssetSearch) => void navigate({ to: '/assets', search: compact(next), replace: true }),
    [navigate],
  )
  const onSearch = useCallback((q: string | undefined) => change({ ...search, q }), [change, search])
  const { model, all, ...filters } = search
  // Whoever looks for a machine, or for a customer's, means all of them.
  const connected = all || filters.q !== undefined || filters.customerId !== undefined ? undefined : true
  const querystring = compact({ ...filters, modelKey: model, connected })
  const query = useInfiniteQuery({ ...listing(listAssets, { querystring }), ...polled })
  const columns = useColumns('assets', useAssetColumns(), 'asset')
  const filtered = Object.keys(compact(search)).length > 0

  return (
    <>
      <PageHeader title={t('assets:title')} />
      <FilterBar
        onClear={filtered ? () => change({}) : undefined}
        tools={
          <ListTools
            list="assets"
            search={viewSearch(search)}
            columns={columns}
            file={may('exportAssets') ? listFile(exportAssets, querystring, t('assets:title')) : undefined}
          />
        }
      >
        <SearchField label={t('assets:search')} value={search.q} onChange={onSearch} />
        <FilterSelect
          label={t('assets:column.state')}
          value={search.state}
          options={assetStates.map((value) => ({ value, label: t(`common:assetState.${value}`) }))}
          onChange={(state) => change({ ...search, state })}
        />
        <FilterToggle
          label={t('assets:unconnectedToo')}
          pressed={all === 'yes'}
          onChange={(pressed) => change({ ...search, all: pressed ? 'yes' : undefined })}
        />
        {search.customerId === undefined ? null : (
          <FilterToggle
            label={t('assets:onlyCustomer')}
            pressed
            onChange={() => change({ ...search, customerId: undefined })}
          />
        )}
        {model === undefined ? null : (
          <FilterToggle label={model} pressed onChange={() => change({ ...search, model: undefined })} />
        )}
      </FilterBar>
      <ListTable
        query={query}
        label={t('assets:title')}
        rowKey={({ id }) => id}
        columns={columns.shown}
        card={(asset) => <AssetCard asset={asset} />}
        onOpen={({ id }) => void navigate({ to: '/assets/$assetId', params: { assetId: id } })}
        empty={
          filtered ? (
            <EmptyState title={t('assets:noneFiltered')} />
          ) : (
            <EmptyState title={t('assets:none')} hint={t('assets:noneHint')} />
          )
        }
      />
    </>
  )
}
