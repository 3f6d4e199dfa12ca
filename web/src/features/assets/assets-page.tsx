import { assetStates, listAssets, type AssetSummary } from '@fettle/contracts/assets'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/query.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { HealthTag } from '../../design/health.tsx'
import { ListTable } from '../../design/list-table.tsx'
import { LiveValue } from '../../design/live-value.tsx'
import { PageHeader } from '../../design/page-header.tsx'
import { isJudged } from '../../design/signal-standing.ts'
import { AssetStateTag } from '../../design/state-tag.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { SearchField } from '../../filters/search-field.tsx'
import { useText } from '../../i18n/use-text.ts'
import styles from './assets-page.module.css'

/** Every machine this person may see; filters live in the address. */
export function AssetsPage() {
  const { t } = useTranslation(['assets', 'common'])
  const search = useSearch({ from: '/app/assets' })
  const navigate = useNavigate({ from: '/assets' })
  const { model, ...filters } = search
  const query = useInfiniteQuery(
    listing(listAssets, { querystring: { ...filters, ...(model === undefined ? {} : { modelKey: model }) } }),
  )
  const filtered = Object.keys(search).length > 0
  const change = (next: typeof search) => void navigate({ search: next, replace: true })
  const clear = (
    <Button type="link" onClick={() => change({})}>
      {t('common:action.clearFilters')}
    </Button>
  )

  return (
    <>
      <PageHeader title={t('assets:title')} />
      <search className={styles['filters']}>
        <div className={styles['text']}>
          <SearchField label={t('assets:search')} value={search.q} onChange={(q) => change(without(search, 'q', q))} />
        </div>
        <Select
          aria-label={t('assets:column.state')}
          placeholder={t('assets:column.state')}
          allowClear
          value={search.state ?? null}
          onChange={(state: AssetSummary['state'] | null | undefined) =>
            change(without(search, 'state', state ?? undefined))
          }
          options={assetStates.map((value) => ({ value, label: t(`common:assetState.${value}`) }))}
          className={styles['state'] ?? ''}
        />
        {filtered ? clear : null}
      </search>
      <ListTable
        query={query}
        label={t('assets:title')}
        rowKey={({ id }) => id}
        columns={useColumns()}
        card={(asset) => <AssetCard asset={asset} />}
        onOpen={({ id }) => void navigate({ to: '/assets/$assetId', params: { assetId: id } })}
        empty={
          <EmptyState
            title={filtered ? t('assets:noneFiltered') : t('assets:none')}
            hint={filtered ? '' : t('assets:noneHint')}
          >
            {filtered ? clear : null}
          </EmptyState>
        }
      />
    </>
  )
}

/** The search with one filter set, or without it. */
function without<S extends object, K extends keyof S>(search: S, key: K, value: S[K] | undefined): S {
  const { [key]: _, ...rest } = search
  return (value === undefined ? rest : { ...rest, [key]: value }) as S
}

function useColumns() {
  const { t } = useTranslation('assets')
  const text = useText()
  return [
    {
      title: t('column.asset'),
      key: 'asset',
      render: (_: unknown, asset: AssetSummary) => (
        <div className={styles['asset']}>
          <Link to="/assets/$assetId" params={{ assetId: asset.id }} tabIndex={-1}>
            {asset.name}
          </Link>
          <small>
            {text(asset.modelName)} · {asset.serial}
          </small>
        </div>
      ),
    },
    {
      title: t('column.state'),
      key: 'state',
      render: (_: unknown, asset: AssetSummary) => (
        <div className={styles['asset']}>
          <span>
            <AssetStateTag state={asset.state} />
          </span>
          <small>{asset.stateSince ? <TimeText at={asset.stateSince} /> : null}</small>
        </div>
      ),
    },
    {
      title: t('column.health'),
      key: 'health',
      render: (_: unknown, asset: AssetSummary) => (
        <div className={styles['asset']}>
          <HealthTag health={asset.health} plain />
          <small>{asset.health.reasons[0] ? text(asset.health.reasons[0]) : ' '}</small>
        </div>
      ),
    },
    {
      title: t('column.values'),
      key: 'values',
      render: (_: unknown, asset: AssetSummary) => (
        <div className={styles['values']}>
          {asset.headline.slice(0, 3).map((signal) => (
            <span key={signal.id}>
              <small>{text(signal.name)}</small>
              <LiveValue signal={signal} judged={isJudged(asset.state)} />
            </span>
          ))}
        </div>
      ),
    },
    {
      title: t('column.customer'),
      key: 'customer',
      render: (_: unknown, asset: AssetSummary) => (
        <div className={styles['asset']}>
          <span>{asset.customerName}</span>
          <small>{asset.siteName}</small>
        </div>
      ),
    },
    {
      title: t('column.alarms'),
      key: 'alarms',
      align: 'right' as const,
      render: (_: unknown, asset: AssetSummary) => asset.openAlarms || <span className="muted">0</span>,
    },
    {
      title: t('column.tickets'),
      key: 'tickets',
      align: 'right' as const,
      render: (_: unknown, asset: AssetSummary) => asset.openTickets || <span className="muted">0</span>,
    },
  ]
}

function AssetCard({ asset }: { readonly asset: AssetSummary }) {
  const text = useText()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <strong>{asset.name}</strong>
        <AssetStateTag state={asset.state} />
      </span>
      <small className="muted">
        {text(asset.modelName)} · {asset.customerName}
      </small>
      <span className={styles['values']}>
        {asset.headline.slice(0, 3).map((signal) => (
          <span key={signal.id}>
            <small>{text(signal.name)}</small>
            <LiveValue signal={signal} judged={isJudged(asset.state)} />
          </span>
        ))}
      </span>
      <HealthTag health={asset.health} plain />
    </span>
  )
}
