import type { Part } from '@fettle/contracts/parts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../api/session.ts'
import type { ListColumn } from '../../design/list-columns.ts'
import { useFormat } from '../../format/use-format.ts'
import { useQuantity } from '../../format/use-quantity.ts'
import { useText } from '../../i18n/use-text.ts'
import styles from './parts.module.css'

/** The catalogue on a wide screen; cost only for those who may see it. */
export function usePartColumns(): ListColumn<Part>[] {
  const { t } = useTranslation('parts')
  const text = useText()
  const format = useFormat()
  const seesCost = useMay()('getTicketMoney')
  return useMemo(
    () => [
      {
        key: 'part',
        title: t('column.part'),
        render: (_, { code, name }) => (
          <span>
            <strong className={styles['code']}>{code}</strong> {text(name)}
          </span>
        ),
      },
      { key: 'family', title: t('column.family'), render: (_, { modelFamily }) => modelFamily },
      { key: 'marks', title: t('column.marks'), render: (_, part) => <PartMarks part={part} /> },
      {
        key: 'lead',
        title: t('column.lead'),
        align: 'right',
        render: (_, { leadDays }) => t('days', { days: leadDays }),
      },
      {
        key: 'price',
        title: t('column.price'),
        align: 'right',
        render: (_, { priceCents }) => format.money(priceCents),
      },
      ...(seesCost
        ? [
            {
              key: 'cost',
              title: t('column.cost'),
              align: 'right' as const,
              render: (_: unknown, { costCents }: Part) => (costCents === null ? '–' : format.money(costCents)),
            },
          ]
        : []),
      { key: 'onHand', title: t('column.onHand'), align: 'right', render: (_, part) => <OnHand part={part} /> },
    ],
    [t, text, format, seesCost],
  )
}

export function PartMarks({ part: { serialised, returnOld } }: { readonly part: Part }) {
  const { t } = useTranslation('parts')
  return (
    <span className={styles['marks']}>
      {serialised ? <span>{t('serialised')}</span> : null}
      {returnOld ? <span>{t('returnOld')}</span> : null}
    </span>
  )
}

function OnHand({ part: { onHand, unit } }: { readonly part: Part }) {
  const format = useFormat()
  const { unit: wordOf } = useQuantity()
  return (
    <span className="nowrap">
      <strong className={styles['amount']}>{format.decimal(onHand)}</strong>{' '}
      <span className="muted">{wordOf(onHand, unit)}</span>
    </span>
  )
}

/** The same part on a phone. */
export function PartCard({ part }: { readonly part: Part }) {
  const text = useText()
  const format = useFormat()
  return (
    <span className={styles['card']}>
      <span className={styles['line']}>
        <span>
          <strong className={styles['code']}>{part.code}</strong> {text(part.name)}
        </span>
        <OnHand part={part} />
      </span>
      <span className={styles['line']}>
        <PartMarks part={part} />
        <span className="muted">{format.money(part.priceCents)}</span>
      </span>
    </span>
  )
}
