import type { SignalWithLatest } from '@fettle/contracts/assets'
import type { FailureMode } from '@fettle/contracts/failure-modes'
import type { Rule } from '@fettle/contracts/rules'
import { conditionText, ruleText } from '@fettle/domain/alarms/texts'
import { Table, type TableProps } from 'antd'
import { useTranslation } from 'react-i18next'
import { StateTag } from '../../design/state-tag.tsx'
import { usePhone } from '../../design/use-media.ts'
import { withUnit } from '../../format/number.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './rules.module.css'

interface RuleTableProps {
  readonly label: string
  readonly rules: readonly Rule[]
  readonly signals: readonly SignalWithLatest[]
  readonly failureModes: readonly FailureMode[]
}

/** The rules of one model: what each watches, what it points to, when it clears and when it looks away. */
export function RuleTable({ label, rules, signals, failureModes }: RuleTableProps) {
  const { t } = useTranslation('rules')
  const text = useText()
  const phone = usePhone()
  const words = useRuleWords(signals)
  const modeOf = (rule: Rule) => {
    const name = failureModes.find(({ key }) => key === rule.failureModeKey)?.name
    return name ? `${rule.failureModeKey} ${text(name)}` : rule.failureModeKey
  }
  if (phone)
    return (
      <ul className={styles['cards']} aria-label={label}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <strong>{words.watch(rule)}</strong>
            <WorkingPoint words={words.only(rule)} />
            <span>{modeOf(rule)}</span>
            <span className="muted">{words.clears(rule)}</span>
            <span className="muted">{words.looksAway(rule)}</span>
            <RuleVersion rule={rule} />
          </li>
        ))}
      </ul>
    )
  const columns: TableProps<Rule>['columns'] = [
    {
      key: 'watch',
      title: t('column.watch'),
      render: (_, rule) => (
        <span className={styles['two']}>
          <strong>{words.watch(rule)}</strong>
          <WorkingPoint words={words.only(rule)} />
          <small>{rule.key}</small>
        </span>
      ),
    },
    { key: 'points', title: t('column.points'), render: (_, rule) => modeOf(rule) },
    { key: 'clears', title: t('column.clears'), render: (_, rule) => words.clears(rule) },
    { key: 'looksAway', title: t('column.looksAway'), render: (_, rule) => words.looksAway(rule) },
    { key: 'version', title: t('column.version'), render: (_, rule) => <RuleVersion rule={rule} /> },
  ]
  return (
    <Table<Rule>
      aria-label={label}
      columns={columns}
      dataSource={[...rules]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 860 }}
    />
  )
}

/** Where its limits are meant, of a rule that asks for a condition. */
function WorkingPoint({ words }: { readonly words: string | undefined }) {
  return words === undefined ? null : <span>{words}</span>
}

function RuleVersion({ rule: { version, changedAt, enabled } }: { readonly rule: Rule }) {
  const { t } = useTranslation('rules')
  const format = useFormat()
  return (
    <span className={styles['two']}>
      {enabled ? <span>{t('version', { version })}</span> : <StateTag tone="unknown">{t('disabled')}</StateTag>}
      <small>{t('changed', { day: format.short(changedAt) })}</small>
    </span>
  )
}

/** A rule told to a person. A signal that no visible machine has is called by its key. */
function useRuleWords(signals: readonly SignalWithLatest[]) {
  const { t } = useTranslation('rules')
  const text = useText()
  const format = useFormat()
  const signalOf = (signalKey: string) => {
    const signal = signals.find(({ key }) => key === signalKey)
    return {
      signalName: signal?.name ?? { zh: signalKey, en: signalKey },
      unit: signal?.unit ?? '',
      decimals: signal?.decimals ?? 2,
    }
  }
  return {
    // “Only while running” and its condition stand by themselves.
    watch: ({ definition: { condition: _only, ...definition } }: Rule) =>
      text(ruleText({ ...definition, whileRunning: false }, signalOf(definition.signalKey))),
    only: ({ definition: { condition } }: Rule) =>
      condition && text(conditionText(condition, signalOf(condition.signalKey))),
    clears: (rule: Rule) => {
      const { signalKey, band, offDelayMs } = rule.definition
      const { unit } = signalOf(signalKey)
      return t(offDelayMs > 0 ? 'clears' : 'clearsAtOnce', {
        band: withUnit(String(band), unit),
        time: format.duration(offDelayMs),
      })
    },
    looksAway: ({ definition: { whileRunning, startupMs } }: Rule) => {
      if (!whileRunning) return t('always')
      return [t('stopped'), ...(startupMs > 0 ? [t('startup', { time: format.duration(startupMs) })] : [])].join(
        t('separator'),
      )
    },
  }
}
