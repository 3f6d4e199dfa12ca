import { listMovements, listStock, type Part } from '@fettle/contracts/parts'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { reading, whole } from '../../api/query.ts'
import { useMay } from '../../api/session.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { usePhone } from '../../design/use-media.ts'
import { useFormat } from '../../format/use-format.ts'
import { useQuantity } from '../../format/use-quantity.ts'
import { useText } from '../../i18n/use-text.ts'
import { MovementCard } from './movement-columns.tsx'
import { PartMarks } from './part-columns.tsx'
import styles from './parts.module.css'

interface PartDrawerProps {
  /** Whose stock is open; undefined for none. */
  readonly partId: string | undefined
  /** From the list, when it is loaded. */
  readonly part: Part | undefined
  readonly onClose: () => void
}

/** One part beside the list: where it lies, down to serial numbers, and its latest movements. */
export function PartDrawer({ partId, part, onClose }: PartDrawerProps) {
  const { t } = useTranslation('parts')
  const text = useText()
  const phone = usePhone()
  return (
    <Drawer
      title={part ? `${part.code} ${text(part.name)}` : t('detail.title')}
      open={partId !== undefined}
      onClose={onClose}
      size={phone ? '100%' : 520}
      destroyOnHidden
    >
      {part ? <PartMarks part={part} /> : null}
      {partId === undefined ? null : <PartStock partId={partId} />}
    </Drawer>
  )
}

function PartStock({ partId }: { readonly partId: string }) {
  const { t } = useTranslation('parts')
  const format = useFormat()
  const { unit } = useQuantity()
  const may = useMay()
  const stock = useQuery(whole(listStock, { querystring: { partId } }))
  const movements = useQuery({
    ...reading(listMovements, { querystring: { partId, limit: 20 } }),
    enabled: may('listMovements'),
  })
  if (stock.isLoadingError) return <ErrorNotice error={stock.error} onRetry={() => void stock.refetch()} />
  if (stock.isPending) return <Skeleton active paragraph={{ rows: 6 }} />
  return (
    <>
      <h3 className={styles['heading']}>{t('detail.where')}</h3>
      {stock.data.items.length === 0 ? <p className="muted">{t('detail.nowhere')}</p> : null}
      <ul className={styles['places']}>
        {stock.data.items.map((line) => (
          <li key={line.locationId}>
            <p className={styles['line']}>
              <span>
                {line.locationName} <small className="muted">{t(`location.${line.locationKind}`)}</small>
              </span>
              <span className="nowrap">
                <strong className={styles['amount']}>{format.decimal(line.quantity)}</strong>{' '}
                <span className="muted">{unit(line.quantity, line.unit)}</span>
              </span>
            </p>
            {line.serials.length > 0 ? <p className={styles['serials']}>{line.serials.join(' · ')}</p> : null}
          </li>
        ))}
      </ul>
      {movements.data && movements.data.items.length > 0 ? (
        <>
          <h3 className={styles['heading']}>{t('detail.movements')}</h3>
          <ul className={styles['places']}>
            {movements.data.items.map((movement) => (
              <li key={movement.id}>
                <MovementCard movement={movement} withPart={false} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}
