import type { AssetFile } from '@fettle/contracts/assets'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../design/empty-state.tsx'
import { TimeText } from '../../design/time-text.tsx'
import { NO_VALUE } from '../../format/number.ts'
import { useFormat } from '../../format/use-format.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './asset-page.module.css'

interface AssetProps {
  readonly asset: AssetFile
}

/** What the plate says, and when the machine came. */
export function Specification({ asset }: AssetProps) {
  const { t } = useTranslation('assets')
  const text = useText()
  const format = useFormat()
  return (
    <dl className={styles['pairs']}>
      <div>
        <dt>{t('fact.manufacturer')}</dt>
        <dd>{asset.manufacturer}</dd>
      </div>
      <div>
        <dt>{t('fact.key')}</dt>
        <dd>{asset.key}</dd>
      </div>
      <div>
        <dt>{t('fact.installed')}</dt>
        <dd>{asset.installedOn ? format.day(asset.installedOn) : NO_VALUE}</dd>
      </div>
      {asset.specification.map(({ label, value }) => (
        <div key={label.zh}>
          <dt>{text(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What is built in, and what was. */
export function InstalledParts({ asset }: AssetProps) {
  const { t } = useTranslation('assets')
  const text = useText()
  if (asset.parts.length === 0) return <EmptyState title={t('parts.none')} hint={t('parts.noneHint')} />
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroll']} tabIndex={0} aria-label={t('tab.parts')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('parts.part')}</th>
            <th scope="col">{t('parts.serial')}</th>
            <th scope="col">{t('parts.installed')}</th>
            <th scope="col">{t('parts.removed')}</th>
            <th scope="col">{t('parts.ticket')}</th>
          </tr>
        </thead>
        <tbody>
          {asset.parts.map((part) => (
            <tr key={`${part.partCode} ${part.serial} ${part.installedAt} ${part.ticketId}`}>
              <td>
                {text(part.partName)} <span className="muted">{part.partCode}</span>
              </td>
              <td>{part.serial ?? NO_VALUE}</td>
              <td>{part.installedAt ? <TimeText at={part.installedAt} as="short" /> : NO_VALUE}</td>
              <td>{part.removedAt ? <TimeText at={part.removedAt} as="short" /> : t('parts.inPlace')}</td>
              <td>
                {part.ticketId ? (
                  <Link to="/tickets/$ticketId" params={{ ticketId: part.ticketId }}>
                    {part.ticketNumber}
                  </Link>
                ) : (
                  NO_VALUE
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Which driver address feeds which signal. */
export function BindingList({ asset }: AssetProps) {
  const { t } = useTranslation('assets')
  const text = useText()
  if (asset.bindings.length === 0) return <EmptyState title={t('bindings.none')} hint={t('bindings.noneHint')} />
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['scroll']} tabIndex={0} aria-label={t('tab.bindings')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('bindings.signal')}</th>
            <th scope="col">{t('bindings.key')}</th>
            <th scope="col">{t('bindings.driver')}</th>
            <th scope="col">{t('bindings.address')}</th>
            <th scope="col">{t('bindings.gateway')}</th>
          </tr>
        </thead>
        <tbody>
          {asset.bindings.map((binding) => {
            const signal = asset.signals.find(({ id }) => id === binding.signalId)
            return (
              <tr key={binding.id}>
                <td>{signal ? text(signal.name) : binding.signalKey}</td>
                <td>
                  <code>{binding.signalKey}</code>
                </td>
                <td>{binding.driver}</td>
                <td>
                  <code>{binding.address}</code>
                </td>
                <td>{binding.gatewayKey ?? t('bindings.direct')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
