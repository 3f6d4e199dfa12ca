import { Tooltip } from 'antd'
import { epochOf, type When } from '../format/time.ts'
import { useNow } from '../format/now.ts'
import { useFormat } from '../format/use-format.ts'

interface TimeTextProps {
  readonly at: When
  /** `relative` “3 minutes ago”; `short` month, day and clock. The exact time is always on hover. */
  readonly as?: 'relative' | 'short'
}

/** A moment in the viewer's zone: relative or short, the exact one with its zone on hover. */
export function TimeText({ at, as = 'relative' }: TimeTextProps) {
  const now = useNow()
  const format = useFormat()
  return (
    <Tooltip title={format.exact(at)}>
      <time dateTime={new Date(epochOf(at)).toISOString()} className="nowrap">
        {as === 'relative' ? format.relative(at, now) : format.short(at)}
      </time>
    </Tooltip>
  )
}
