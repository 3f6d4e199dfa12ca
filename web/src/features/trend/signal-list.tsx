import type { AssetFile, AssetState, SignalWithLatest } from '@fettle/contracts/assets'
import { stateOfRunCode } from '@fettle/domain/assets/state'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { LiveValue } from '../../design/live-value.tsx'
import { isJudged, standing } from '../../design/signal-standing.ts'
import { AssetStateTag, StateTag } from '../../design/state-tag.tsx'
import { measured } from '../../format/number.ts'
import { useText } from '../../i18n/use-text.ts'
import { useLatest } from '../../live/live-values.ts'
import styles from './asset-trend.module.css'

/** More lines than this nobody can tell apart. */
const AT_MOST = 8

interface SignalListProps {
  readonly asset: AssetFile
  /** Keys in the order of their colours. */
  readonly chosen: readonly string[]
  readonly onChoose: (keys: readonly string[]) => void
}

/** Every signal with its live value, its limits and how it stands; ticked ones are in the chart. */
export function SignalList({ asset, chosen, onChoose }: SignalListProps) {
  const { t } = useTranslation('trend')
  const text = useText()
  const isFull = chosen.length >= AT_MOST
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
          {asset.signals.map((signal) => {
            const place = chosen.indexOf(signal.key)
            return (
              <tr key={signal.id}>
                <th scope="row">
                  <Checkbox
                    checked={place >= 0}
                    // A text has no curve.
                    disabled={signal.latest?.text !== undefined || (place < 0 && isFull)}
                    {...(signal.latest?.text === undefined ? {} : { title: t('signals.noCurve') })}
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
                  {signal.key === asset.runStateKey ? (
                    <RunState signal={signal} asset={asset} />
                  ) : (
                    <LiveValue signal={signal} state={asset.state} />
                  )}
                </td>
                <td>
                  <StandingTag signal={signal} state={asset.state} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <output className={styles['full']}>{isFull ? t('signals.full', { count: AT_MOST }) : null}</output>
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

/** What the machine says of itself: a code of the field bus, told as a word. */
function RunState({ signal, asset }: { readonly signal: SignalWithLatest; readonly asset: AssetFile }) {
  const code = useLatest(signal.id, signal.latest)?.value ?? null
  const state = code === null ? undefined : stateOfRunCode(code)
  return state ? <AssetStateTag state={state} plain /> : <LiveValue signal={signal} state={asset.state} />
}

interface StandingTagProps {
  readonly signal: SignalWithLatest
  readonly state: AssetState
}

/** Against its limits, which hold while the machine runs. */
function StandingTag({ signal, state }: StandingTagProps) {
  const { t } = useTranslation('trend')
  const value = useLatest(signal.id, signal.latest)?.value ?? null
  const tone = value === null ? undefined : standing(value, signal.limits)
  if (!tone) return <span className="muted">{t('signals.noLimits')}</span>
  if (!isJudged(state)) {
    const stands = state === 'idle' || state === 'stopped' || state === 'tripped'
    return <span className="muted">{t(stands ? 'signals.notRunning' : 'signals.notJudged')}</span>
  }
  return (
    <StateTag tone={tone} plain>
      {t(`signals.standing.${tone}`)}
    </StateTag>
  )
}
