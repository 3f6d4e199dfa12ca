import type { Gateway } from '@fettle/contracts/gateways'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../design/panel.tsx'
import { StateTag } from '../../design/state-tag.tsx'
import type { Tone } from '../../design/theme.ts'
import { TimeText } from '../../design/time-text.tsx'
import { useFormat } from '../../format/use-format.ts'
import styles from './gateways.module.css'

type Status = NonNullable<Gateway['status']>
type Source = Status['sources'][number]

/** One gateway: heard from, spool, clock, and each of its sources. */
export function GatewayCard({ gateway }: { readonly gateway: Gateway }) {
  const { t } = useTranslation('gateways')
  const { key, siteName, customerName, online, lastSeenAt, status } = gateway
  return (
    <Panel title={key} extra={<StateTag tone={online ? 'ok' : 'offline'}>{t(online ? 'online' : 'offline')}</StateTag>}>
      <p className="muted">
        {customerName} · {siteName}
      </p>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('seen')}</dt>
          <dd>{lastSeenAt ? <TimeText at={lastSeenAt} /> : t('never')}</dd>
        </div>
        {status ? <Spool status={status} /> : null}
      </dl>
      {status ? (
        <ul className={styles['sources']}>
          {status.sources.map((source) => (
            <SourceLine key={source.name} source={source} />
          ))}
        </ul>
      ) : (
        <p className="muted">{t('noStatus')}</p>
      )}
    </Panel>
  )
}

function Spool({ status: { bufferedBatches, bufferAgeMs, clockSkewMs } }: { readonly status: Status }) {
  const { t } = useTranslation('gateways')
  const format = useFormat()
  return (
    <>
      <div>
        <dt>{t('buffered')}</dt>
        <dd>
          {bufferedBatches === 0
            ? t('nothingBuffered')
            : t('oldest', { count: bufferedBatches, age: format.duration(bufferAgeMs) })}
        </dd>
      </div>
      {clockSkewMs === null ? null : (
        <div>
          <dt>{t('skew')}</dt>
          <dd>{skewText(clockSkewMs, format.duration)}</dd>
        </div>
      )}
    </>
  )
}

const skewText = (skewMs: number, duration: (lengthMs: number) => string): string =>
  `${skewMs < 0 ? '−' : '+'}${duration(skewMs)}`

const toneOf: Record<Source['state'], Tone> = { up: 'ok', down: 'critical', starting: 'warning', stopped: 'unknown' }

function SourceLine({ source }: { readonly source: Source }) {
  const { t } = useTranslation('gateways')
  const format = useFormat()
  const { name, driver, state, since, lastError, problems, readings } = source
  return (
    <li>
      <p className={styles['line']}>
        <span>
          <strong>{name}</strong> <small className="muted">{driver}</small>
        </span>
        <StateTag tone={toneOf[state]} plain>
          {t(`state.${state}`)}
        </StateTag>
      </p>
      <p className={styles['line']}>
        <span className="muted">
          {t('source.readings')} {format.count(readings)}
        </span>
        <span className="muted">{t('source.since', { time: format.short(since) })}</span>
      </p>
      {problems.length > 0 ? (
        <details className={styles['trouble']}>
          <summary>{t('problems', { count: problems.length })}</summary>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </details>
      ) : null}
      {lastError ? (
        <p className={styles['trouble']}>
          <span className="muted">{t('source.trouble')}</span> {lastError}
        </p>
      ) : null}
    </li>
  )
}
