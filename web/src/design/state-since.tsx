import type { AssetSummary } from '@fettle/contracts/assets'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNow } from '../format/now.ts'
import { epochOf } from '../format/time.ts'
import { useFormat } from '../format/use-format.ts'

const MINUTE = 60_000

/** How long the state has held; of an offline machine, when its last reading came. Nothing where that is not known. */
export function StateSince({ asset: { state, stateSince } }: { readonly asset: AssetSummary }) {
  const { t } = useTranslation()
  const now = useNow()
  const format = useFormat()
  if (stateSince === null) return null
  const heldMs = now - epochOf(stateSince)
  return (
    <Tooltip title={format.exact(stateSince)}>
      <time dateTime={stateSince}>
        {state === 'offline'
          ? t('assetSince.lastReading', { when: format.relative(stateSince, now) })
          : heldMs < MINUTE
            ? format.relative(stateSince, now)
            : t('assetSince.held', { time: format.duration(heldMs) })}
      </time>
    </Tooltip>
  )
}
