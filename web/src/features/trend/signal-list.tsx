import type { SignalWithLatest } from '@fettle/contracts/assets'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { LiveValue } from '../../design/live-value.tsx'
import { standing } from '../../design/signal-standing.ts'
import { StateTag } from '../../design/state-tag.tsx'
import { measured } from '../../format/number.ts'
import { useText } from '../../i18n/use-text.ts'
import { useLatest } from '../../live/live-values.ts'
import styles from './asset-trend.module.css'

/** More lines than this nobody can tell apart. */
const AT_MOST = 8

interface SignalListProps {
  readonly signals: readonly SignalWithLatest[]
  /** Whether limits hold in the machine's present state. */
  readonly judged: boolean
  /** Keys in the order of their colours. */
  readonly chosen: readonly string[]
  readonly onChoose: (keys: readonly string[]) => void
}

/** Every signal with its live value, its limits and how it stands; ticked ones are in the chart. */
export function SignalList({ signals, judged, chosen, onChoose }: SignalListProps) {
  const { t } = useTranslation('trend')
  const text = useText()
  return (
    <div className={styles['signals']}>
      <table aria-label={t('signals.title')}>
        <thead>
          <tr>
            <th scope="col">{t('signals.title')}</th>
            <th scope="col">{t('signals.value')}</th>
            <th scope="col">{t('signals.state')}</th>
          </tr>
        </thead>
        <tbody>
          {signals.map((signal) => {
            const place = chosen.indexOf(signal.key)
            return (
              <tr key={signal.id}>
                <th scope="row">
                  <Checkbox
                    checked={place >= 0}
                    disabled={place < 0 && chosen.length >= AT_MOST}
                    onChange={({ target }) =>
                      onChoose(target.checked ? [...chosen, signal.key] : chosen.filter((key) => key !== signal.key))
                    }
                  >
                    {text(signal.name)}
                  </Checkbox>
                  {place < 0 ? null : (
                    <span className={styles['swatch']} style={{ background: `var(--series-${place % 8})` }} />
                  )}
                  <LimitsText signal={signal} />
                </th>
                <td>
                  <LiveValue signal={signal} judged={judged} />
                </td>
                <td>
                  {judged ? <StandingTag signal={signal} /> : <span className="muted">{t('signals.notJudged')}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** “低 0.55 / 0.50, 高 0.85 / 0.90”: the warning limit, then the outer one. */
function LimitsText({ signal }: { readonly signal: SignalWithLatest }) {
  const { t } = useTranslation('trend')
  const { hh, h, l, ll } = signal.limits
  const pair = (inner: number | null, outer: number | null) =>
    [inner, outer].flatMap((limit) => (limit === null ? [] : [measured(limit, signal.decimals)])).join(' / ')
  const low = pair(l, ll)
  const high = pair(h, hh)
  if (low === '' && high === '') return null
  return (
    <small className={styles['limits']}>
      {low === '' ? null : <span>{t('signals.low', { limits: low })}</span>}
      {high === '' ? null : <span>{t('signals.high', { limits: high })}</span>}
    </small>
  )
}

function StandingTag({ signal }: { readonly signal: SignalWithLatest }) {
  const { t } = useTranslation('trend')
  const latest = useLatest(signal.id, signal.latest)
  const tone = latest?.value === null || latest === null ? undefined : standing(latest.value, signal.limits)
  if (!tone) return <span className="muted">{t('signals.noLimits')}</span>
  return (
    <StateTag tone={tone} plain>
      {t(`signals.standing.${tone}`)}
    </StateTag>
  )
}
