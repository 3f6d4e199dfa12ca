import type { StockMovement } from '@fettle/contracts/parts'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import type { ListColumn } from '../../design/list-columns.ts'
import { TimeText } from '../../design/time-text.tsx'
import { useFormat } from '../../format/use-format.ts'
import { useQuantity } from '../../format/use-quantity.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './parts.module.css'

/** The ledger on a wide screen. */
export function useMovementColumns(): ListColumn<StockMovement>[] {
  const { t } = useTranslation('parts')
  const text = useText()
  const format = useFormat()
  const { amount } = useQuantity()
  const seesCost = useMay()('getTicketMoney')
  return useMemo(
    () => [
      { key: 'at', title: t('movement.at'), render: (_, { at }) => <TimeText at={at} as="short" /> },
      { key: 'kind', title: t('movement.kind'), render: (_, { kind }) => t(`kind.${kind}`) },
      {
        key: 'what',
        title: t('movement.what'),
        render: (_, { partCode, partName, serial }) => (
          <span className={styles['two']}>
            <span>
              <strong className={styles['code']}>{partCode}</strong> {text(partName)}
            </span>
            {serial ? <small>{t('movement.serial', { serial })}</small> : null}
          </span>
        ),
      },
      {
        key: 'quantity',
        title: t('movement.quantity'),
        align: 'right',
        render: (_, { quantity, unit }) => <span className="nowrap">{amount(quantity, unit)}</span>,
      },
      { key: 'from', title: t('movement.from'), render: (_, { fromLocation }) => fromLocation ?? <Nowhere /> },
      {
        key: 'to',
        title: t('movement.to'),
        render: (_, { toLocation, kind }) => toLocation ?? (kind === 'consume' ? t('movement.machine') : <Nowhere />),
      },
      {
        key: 'ticket',
        title: t('movement.ticket'),
        render: (_, { ticketId, ticketNumber }) =>
          ticketId ? (
            <Link to="/tickets/$ticketId" params={{ ticketId }}>
              {ticketNumber}
            </Link>
          ) : (
            <Nowhere />
          ),
      },
      ...(seesCost
        ? [
            {
              key: 'cost',
              title: t('movement.cost'),
              align: 'right' as const,
              render: (_: unknown, { unitCostCents }: StockMovement) =>
                unitCostCents === null ? <Nowhere /> : format.money(unitCostCents),
            },
          ]
        : []),
      { key: 'by', title: t('movement.by'), render: (_, { by }) => by },
    ],
    [t, text, format, amount, seesCost],
  )
}

function Nowhere() {
  return <span className="muted">–</span>
}

interface MovementCardProps {
  readonly movement: StockMovement
  readonly withPart?: boolean
  readonly padded?: boolean
}

/** One movement as a few lines: on a phone, and in the detail of a part. */
export function MovementCard({ movement, withPart = true, padded = false }: MovementCardProps) {
  const { t } = useTranslation('parts')
  const text = useText()
  const { amount } = useQuantity()
  const { kind, partCode, partName, quantity, unit, fromLocation, toLocation, serial, ticketId, ticketNumber } =
    movement
  const to = toLocation ?? t(kind === 'consume' ? 'movement.machine' : 'movement.outside')
  return (
    <div className={styles['card']} data-padded={padded || undefined}>
      {withPart ? (
        <span>
          <strong className={styles['code']}>{partCode}</strong> {text(partName)}
        </span>
      ) : null}
      <span className={styles['line']}>
        <span>
          {t(`kind.${kind}`)} {amount(quantity, unit)}
        </span>
        <span className="muted">
          <TimeText at={movement.at} as="short" />
        </span>
      </span>
      <span className="muted">
        {t('movement.route', { from: fromLocation ?? t('movement.outside'), to })}
        {serial ? ` · ${t('movement.serial', { serial })}` : null}
      </span>
      <span className={styles['line']}>
        <span className="muted">{movement.by}</span>
        {ticketId ? (
          <Link to="/tickets/$ticketId" params={{ ticketId }}>
            {ticketNumber}
          </Link>
        ) : null}
      </span>
    </div>
  )
}
