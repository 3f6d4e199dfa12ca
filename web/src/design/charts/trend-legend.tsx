import { useTranslation } from 'react-i18next'
import { measured, NO_VALUE } from '../../format/number.ts'
import { useFormat } from '../../format/use-format.ts'
import styles from './trend-chart.module.css'
import { extentOf, type align, type TrendSeries } from './trend-series.ts'

interface TrendLegendProps {
  readonly series: readonly TrendSeries[]
  /** As `align` made it: three columns per series. */
  readonly data: ReturnType<typeof align>
  readonly cursor: { readonly at: number | null; readonly index: number | null }
  readonly focus: string | undefined
  readonly onFocus: (key: string) => void
}

/** Colour, name and value of each signal: under the cursor, or the last one. Chooses whose limits are drawn. */
export function TrendLegend({ series, data, cursor, focus, onFocus }: TrendLegendProps) {
  const { t } = useTranslation('trend')
  const format = useFormat()
  if (series.length === 0) return null
  return (
    <div className={styles['legend']}>
      <span className={styles['moment']}>{cursor.at === null ? t('newest') : format.exact(cursor.at)}</span>
      <ul>
        {series.map((each, place) => {
          const at = cursor.index === null ? extentOf(each) : under(data, place, cursor.index)
          return (
            <li key={each.key}>
              <button
                type="button"
                className={styles['entry']}
                aria-pressed={each.key === focus}
                title={t('showLimits', { name: each.name })}
                onClick={() => onFocus(each.key)}
              >
                <span className={styles['swatch']} style={{ background: `var(--series-${place % 8})` }} />
                <span>{each.name}</span>
                <span className={styles['number']}>
                  {at === null ? NO_VALUE : told(each, at.last)} <small>{each.words ? '' : each.unit}</small>
                </span>
                {cursor.index !== null && at !== null && at.low !== at.high ? (
                  <small className="muted nowrap">
                    {told(each, at.low)} … {told(each, at.high)}
                  </small>
                ) : null}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const told = ({ words, decimals }: TrendSeries, value: number) => words?.(value) ?? measured(value, decimals)

/** Signals come at different moments: the value of a series under the cursor is its newest one up to there. */
function under(data: ReturnType<typeof align>, place: number, index: number) {
  const [, ...columns] = data
  const [min, max, mean] = columns.slice(place * 3, place * 3 + 3)
  for (let at = index; at >= 0; at -= 1) {
    const last = mean?.[at]
    if (last === null) return null
    if (last !== undefined) return { last, low: min?.[at] ?? last, high: max?.[at] ?? last }
  }
  return null
}
