import { useState } from 'react'
import { useNow } from '../../format/now.ts'
import { serverClock } from '../../format/server-clock.ts'
import { useStreamGaps } from '../../live/stream-state.ts'
import { clampWindow, liveStepMs, rangeMs, reanchorMs, type TimeWindow, type TrendRange } from './time-window.ts'

/** What the address says about time: a live range up to now, or a fixed window. */
export interface TrendTime {
  readonly range?: TrendRange
  readonly from?: number
  readonly to?: number
}

/**
 * The window that is shown, the one that is asked for, and the way back out. A live window moves on with time and asks
 * anew now and then; a fixed one stands still.
 */
export function useTrendWindow(time: TrendTime, onChange: (time: TrendTime) => void) {
  const range = time.range ?? '1h'
  const fixed = time.from !== undefined && time.to !== undefined && time.from < time.to
  const length = rangeMs[range]
  const now = useNow(fixed ? 60_000 : liveStepMs(length))
  const [anchor, setAnchor] = useState(() => serverClock.now())
  const [trail, setTrail] = useState<readonly TimeWindow[]>([])

  // While rendering, as React advises for state that follows from other state.
  if (!fixed && now - anchor > reanchorMs(length)) setAnchor(now)
  // Live values continue the answered history: where some were missed, it is asked for up to now.
  const gaps = useStreamGaps()
  const [gapsSeen, setGapsSeen] = useState(gaps)
  if (gaps !== gapsSeen) {
    setGapsSeen(gaps)
    setAnchor(now)
  }

  const live = { from: now - length, to: now }
  const shown: TimeWindow = fixed ? { from: time.from, to: time.to } : live
  const asked: TimeWindow = fixed ? shown : { from: anchor - length, to: anchor }

  return {
    range,
    isLive: !fixed,
    shown,
    asked,
    /** The windows that were left by zooming in, outermost first. */
    trail,
    /** A window within what is shown: one step in, and back out later. */
    zoomTo: (next: TimeWindow) => {
      setTrail([...trail, shown])
      onChange({ ...clampWindow(next, serverClock.now()), range })
    },
    /** Another window at the same level. */
    moveTo: (next: TimeWindow) => onChange({ ...next, range }),
    showRange: (next: TrendRange) => {
      setTrail([])
      setAnchor(serverClock.now())
      onChange({ range: next })
    },
    /** Back to a window of the trail; the first one of a live trend is live again. */
    backTo: (place: number) => {
      const target = trail[place]
      if (!target) return
      setTrail(trail.slice(0, place))
      const wasLive = place === 0 && Math.abs(target.to - target.from - length) < 1_000
      onChange(wasLive ? { range } : { ...target, range })
    },
  }
}
