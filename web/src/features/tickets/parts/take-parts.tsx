import { getAsset } from '@fettle/contracts/assets'
import { listFailureModes } from '@fettle/contracts/failure-modes'
import { listParts, listStock, type Part, type StockLine } from '@fettle/contracts/parts'
import type { Ticket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { Button, Select, Skeleton } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading, whole } from '../../../api/query.ts'
import { useMe } from '../../../api/session.ts'
import { ErrorNotice } from '../../../design/error-notice.tsx'
import { useQuantity } from '../../../format/use-quantity.ts'
import { useText } from '../../../i18n/use-text.ts'
import { locationsOf } from './stock-locations.ts'
import { suspectedFirst, suspectedParts } from './suspected-parts.ts'
import { TakePartForm } from './take-part-form.tsx'
import styles from './parts-panel.module.css'

interface TakePartsProps {
  readonly ticket: Ticket
  readonly onDone: () => void
}

/** Where from, then which: only parts that fit this machine, the own van and what the suspected failure takes first. */
export function TakeParts({ ticket, onDone }: TakePartsProps) {
  const { t } = useTranslation(['ticket'])
  const text = useText()
  const labelId = useId()
  const me = useMe()
  const [locationId, setLocationId] = useState<string>()
  const [partId, setPartId] = useState<string>()
  const van = me.engineerId ?? ticket.engineerId
  const asset = useQuery(reading(getAsset, { params: { assetId: ticket.assetId } }))
  const family = asset.data?.modelFamily
  const parts = useQuery({
    ...whole(listParts, { querystring: family === undefined ? {} : { modelFamily: family } }),
    enabled: family !== undefined,
  })
  const modelKey = asset.data?.modelKey
  const modes = useQuery({
    ...whole(listFailureModes, { querystring: modelKey === undefined ? {} : { modelKey } }),
    enabled: modelKey !== undefined && ticket.failureModeKey !== null,
  })
  const stock = useQuery(whole(listStock, { querystring: {} }))
  const own = useQuery({
    ...whole(listStock, { querystring: van === null ? {} : { engineerId: van } }),
    enabled: van !== null,
  })
  const failed = [asset, parts, stock].find(({ isLoadingError }) => isLoadingError)
  if (failed) return <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
  if (!parts.data || !stock.data || modes.isLoading || (van !== null && own.isPending))
    return <Skeleton active paragraph={{ rows: 3 }} />

  const fitting = new Map(parts.data.items.map((part) => [part.id, part]))
  const ownVan = own.data?.items[0]?.locationId
  const lines = stock.data.items.filter((line) => fitting.has(line.partId))
  const locations = locationsOf(lines, { ownVan, isEngineer: me.role === 'engineer' })
  const suspected = suspectedParts(modes.data?.items ?? [], ticket.failureModeKey)
  const location = locations.find(({ id }) => id === locationId) ?? locations[0]

  return (
    <section className={styles['take']} aria-label={t('ticket:parts.take')}>
      {location === undefined ? (
        <p className="muted">{t('ticket:parts.nothingFits')}</p>
      ) : (
        <>
          <div className={styles['from']}>
            <label id={labelId}>{t('ticket:parts.location')}</label>
            <Select
              aria-labelledby={labelId}
              value={location.id}
              options={locations.map(({ id, name, isOwn }) => ({
                value: id,
                label: isOwn ? t('ticket:parts.ownVan', { name }) : name,
              }))}
              onChange={(id) => {
                setLocationId(id)
                setPartId(undefined)
              }}
            />
          </div>
          <ul className={styles['choices']}>
            {suspectedFirst(
              lines.filter((line) => line.locationId === location.id),
              suspected,
            ).map((line) => {
              const part = fitting.get(line.partId)
              if (!part) return null
              const told = <PartLine part={part} line={line} isSuspected={suspected.has(part.code)} />
              return line.partId === partId ? (
                <li key={line.partId} className={styles['chosen']}>
                  {told}
                  <TakePartForm
                    ticket={ticket}
                    part={part}
                    line={line}
                    installed={asset.data?.parts ?? []}
                    onDone={() => setPartId(undefined)}
                  />
                </li>
              ) : (
                <li key={line.partId}>
                  {told}
                  <Button
                    aria-label={t('ticket:parts.takeOne', { part: `${part.code} ${text(part.name)}` })}
                    onClick={() => setPartId(line.partId)}
                  >
                    {t('ticket:parts.choose')}
                  </Button>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <div>
        <Button onClick={onDone}>{t('ticket:parts.done')}</Button>
      </div>
    </section>
  )
}

interface PartLineProps {
  readonly part: Part
  readonly line: StockLine
  /** Mending the suspected failure takes it. */
  readonly isSuspected: boolean
}

function PartLine({ part, line, isSuspected }: PartLineProps) {
  const { t } = useTranslation('ticket')
  const text = useText()
  const { amount } = useQuantity()
  return (
    <span className={styles['part']}>
      <strong>
        {part.code} {text(part.name)}
      </strong>
      <span className="muted">
        {t('parts.onHand', { amount: amount(line.quantity, line.unit) })}
        {isSuspected ? ` · ${t('parts.suspected')}` : null}
      </span>
    </span>
  )
}
