import type { MoneyLine, moneySides } from '@fettle/contracts/money'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import { useQuantity } from '../../../format/use-quantity.ts'
import { useText } from '../../../i18n/use-text.ts'
import styles from './money.module.css'
import { taxRateText } from './tax-rate-text.ts'

const order = ['revenue', 'cost', 'claim'] as const satisfies readonly (typeof moneySides)[number][]

/** Every line, grouped by revenue, cost and claim: quantity × price, tax, who pays, and the amount without tax. */
export function MoneyLines({ lines }: { readonly lines: readonly MoneyLine[] }) {
  const { t } = useTranslation('money')
  const format = useFormat()
  if (lines.length === 0) return <p className="muted">{t('none')}</p>
  return (
    <div className={styles['groups']}>
      {order.map((side) => {
        const group = lines.filter((line) => line.side === side)
        if (group.length === 0) return null
        return (
          <section key={side} aria-label={t(`side.${side}`)}>
            <h3>
              <span>{t(`side.${side}`)}</span>
              <span>{format.money(group.reduce((sum, { netCents }) => sum + netCents, 0))}</span>
            </h3>
            <ul>
              {group.map((line) => (
                <LineEntry key={line.id} line={line} />
              ))}
            </ul>
          </section>
        )
      })}
      <p className={styles['note']}>{t('netNote')}</p>
    </div>
  )
}

function LineEntry({ line }: { readonly line: MoneyLine }) {
  const { t } = useTranslation('money')
  const text = useText()
  const format = useFormat()
  const { amount } = useQuantity()
  const rate = taxRateText(line.taxRate)
  return (
    <li>
      <span className={styles['what']}>{text(line.description)}</span>
      <span className={styles['net']}>{format.money(line.netCents)}</span>
      <span className={styles['how']}>
        {t('calculation', {
          quantity: amount(line.quantity, line.unit),
          price: format.money(line.unitPriceCents),
        })}
        {' · '}
        {line.taxIncluded
          ? t('taxIncluded', { amount: format.money(line.amountCents), rate })
          : Number(line.taxRate) === 0
            ? t('noTax')
            : t('taxExcluded', { rate })}
        {' · '}
        {t(`payer.${line.payer}`)}
      </span>
    </li>
  )
}
