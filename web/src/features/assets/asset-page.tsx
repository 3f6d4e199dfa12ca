import { getAsset } from '@fettle/contracts/assets'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { polled, reading } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { TabBar } from '../../design/tab-bar.tsx'
import { AssetTrend } from '../trend/asset-trend.tsx'
import { AssetHead, AssetHeadSkeleton } from './asset-head.tsx'
import styles from './asset-page.module.css'
import { assetTabs, type AssetTab } from './asset-tabs.ts'
import { BindingList, InstalledParts, Specification } from './asset-facts.tsx'
import { AssetTimeline } from './asset-timeline.tsx'
import { PlannedStops } from './planned-stops.tsx'

/** The machine's one file (一机一档). The tab, the signals and the span of time live in the address. */
export function AssetPage() {
  const { t } = useTranslation('assets')
  const { assetId } = useParams({ from: '/app/assets/$assetId' })
  const search = useSearch({ from: '/app/assets/$assetId' })
  const navigate = useNavigate({ from: '/assets/$assetId' })
  const may = useMay()
  const {
    data: asset,
    error,
    refetch,
  } = useQuery({
    ...reading(getAsset, { params: { assetId } }),
    ...polled,
  })
  if (error && !asset) return <ErrorNotice error={error} onRetry={() => void refetch()} page />
  if (!asset) return <AssetHeadSkeleton />

  const shown: readonly AssetTab[] = assetTabs.filter(
    (tab) => (tab !== 'trend' || may('getHistory')) && (tab !== 'timeline' || may('getAssetTimeline')),
  )
  const tab = shown.find((name) => name === search.tab) ?? shown[0] ?? 'specification'
  const { signals, ...time } = search

  const content = {
    trend: () => (
      <AssetTrend
        asset={asset}
        time={time}
        onTime={({ range, from, to }) =>
          void navigate({
            search: ({ range: _range, from: _from, to: _to, ...rest }) => ({
              ...rest,
              ...(range === undefined ? {} : { range }),
              ...(from === undefined || to === undefined ? {} : { from, to }),
            }),
            resetScroll: false,
          })
        }
        chosen={signals === undefined ? undefined : signals.split(',').filter((key) => key !== 'none')}
        onChoose={(keys) =>
          void navigate({
            search: (former) => ({ ...former, signals: keys.join(',') || 'none' }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    ),
    timeline: () => <AssetTimeline assetId={asset.id} />,
    specification: () => <Specification asset={asset} />,
    parts: () => <InstalledParts asset={asset} />,
    stops: () => <PlannedStops assetId={asset.id} />,
    bindings: () => <BindingList asset={asset} />,
  } satisfies Record<AssetTab, () => ReactNode>

  return (
    <>
      <AssetHead asset={asset} />
      <TabBar
        label={asset.name}
        tabs={shown.map((name) => ({ name, title: t(`tab.${name}`) }))}
        active={tab}
        onChange={(next) =>
          void navigate({ search: (former) => ({ ...former, tab: next }), replace: true, resetScroll: false })
        }
      >
        <div className={styles['panel']}>{content[tab]()}</div>
      </TabBar>
    </>
  )
}
