import { LeftOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import { Button, Segmented, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { serverClock } from '../../format/server-clock.ts'
import { useFormat } from '../../format/use-format.ts'
import styles from './asset-trend.module.css'
import { scaleWindow, shiftWindow, trendRanges, type TrendRange } from './time-window.ts'
import type { useTrendWindow } from './use-trend-window.ts'

interface TrendToolbarProps {
  readonly window: ReturnType<typeof useTrendWindow>
}

/** Ranges, where we are and how we came there, and buttons for everything that a mouse does on the chart. */
export function TrendToolbar({ window }: TrendToolbarProps) {
  const { t } = useTranslation('trend')
  const format = useFormat()
  return (
    <div className={styles['toolbar']}>
      <Segmented<TrendRange | 'fixed'>
        aria-label={t('range.label')}
        value={window.isLive ? window.range : 'fixed'}
        onChange={(value) => {
          if (value !== 'fixed') window.showRange(value)
        }}
        options={trendRanges.map((value) => ({ value, label: t(`range.${value}`) }))}
      />
      <nav className={styles['trail']} aria-label={t('trail')}>
        <ol>
          {window.trail.map(({ from, to }, place) => (
            <li key={`${from} ${to}`}>
              <button type="button" onClick={() => window.backTo(place)}>
                {format.duration(to - from)}
              </button>
            </li>
          ))}
          <li aria-current="true">
            {window.isLive
              ? t('untilNow', { range: t(`range.${window.range}`) })
              : t('fromTo', { from: format.short(window.shown.from), to: format.short(window.shown.to) })}
          </li>
        </ol>
      </nav>
      <div className={styles['tools']}>
        <Tool
          name={t('earlier')}
          icon={<LeftOutlined aria-hidden="true" />}
          onUse={() => window.moveTo(shiftWindow(window.shown, -1, serverClock.now()))}
        />
        <Tool
          name={t('later')}
          icon={<RightOutlined aria-hidden="true" />}
          disabled={window.isLive}
          onUse={() => window.moveTo(shiftWindow(window.shown, 1, serverClock.now()))}
        />
        <Tool
          name={t('zoomIn')}
          icon={<ZoomInOutlined aria-hidden="true" />}
          onUse={() => window.zoomTo(scaleWindow(window.shown, 0.5, serverClock.now()))}
        />
        <Tool
          name={t('zoomOut')}
          icon={<ZoomOutOutlined aria-hidden="true" />}
          onUse={() => window.moveTo(scaleWindow(window.shown, 2, serverClock.now()))}
        />
      </div>
    </div>
  )
}

interface ToolProps {
  readonly name: string
  readonly icon: ReactNode
  readonly disabled?: boolean
  readonly onUse: () => void
}

function Tool({ name, icon, disabled = false, onUse }: ToolProps) {
  return (
    <Tooltip title={name}>
      <Button type="text" icon={icon} aria-label={name} disabled={disabled} onClick={onUse} />
    </Tooltip>
  )
}
