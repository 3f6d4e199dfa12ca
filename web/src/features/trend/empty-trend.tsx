import type { AssetFile, SignalWithLatest } from '@fettle/contracts/assets'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { epochOf } from '../../format/time.ts'
import { useFormat } from '../../format/use-format.ts'
import type { TimeWindow } from './time-window.ts'

const AROUND_MS = 30 * 60_000

interface EmptyTrendProps {
  readonly asset: AssetFile
  readonly signals: readonly SignalWithLatest[]
  readonly shown: TimeWindow
  readonly onShow: (from: number, to: number) => void
}

/** Why there is no line: nothing chosen, nothing bound, the machine offline, or no data in this span. */
export function EmptyTrend({ asset, signals, shown, onShow }: EmptyTrendProps) {
  const { t } = useTranslation('trend')
  const format = useFormat()
  const newest = signals.reduce((at, { latest }) => Math.max(at, latest?.at ?? 0), 0)

  function reason(): string {
    if (signals.length === 0) return t('empty.nothingChosen')
    if (!signals.some(({ id }) => asset.bindings.some(({ signalId }) => signalId === id))) return t('empty.notBound')
    if (newest === 0) return t('empty.neverReported')
    if (asset.state === 'offline' && asset.stateSince !== null && epochOf(asset.stateSince) <= shown.to)
      return t('empty.offline', { when: format.exact(asset.stateSince) })
    if (newest < shown.from) return t('empty.older', { when: format.exact(newest) })
    return t('empty.span')
  }

  const elsewhere = newest > 0 && (newest < shown.from || newest > shown.to)
  return (
    <div>
      <p>{reason()}</p>
      {elsewhere ? (
        <Button type="link" onClick={() => onShow(newest - AROUND_MS, newest + AROUND_MS)}>
          {t('empty.showNewest')}
        </Button>
      ) : null}
    </div>
  )
}
