import type { Margin } from '@fettle/contracts/money'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import styles from './money.module.css'

/** Margin and what it is made of. Everything is without tax except the one figure that says otherwise. */
export function MarginFigures({ margin }: { readonly margin: Margin }) {
  const { t } = useTranslation('money')
  const format = useFormat()
  const charged = margin.revenueWithTaxCents !== 0 || margin.revenueCents !== 0
  const figures = [
    [t('revenueWithTax'), margin.revenueWithTaxCents, charged],
    [t('revenue'), margin.revenueCents, true],
    [t('cost'), margin.costCents, true],
    [t('claims'), margin.claimsCents, margin.claimsCents !== 0],
    [t('ownBurden'), margin.ownBurdenCents, margin.ownBurdenCents !== 0 || margin.claimsCents !== 0],
  ] as const
  return (
    <div className={styles['margin']}>
      <p className={styles['main']} data-negative={margin.marginCents < 0 || undefined}>
        <span className="muted">{t('margin')}</span>
        <strong>{format.money(margin.marginCents)}</strong>
        <span>{margin.marginRatio === null ? null : format.percent(margin.marginRatio)}</span>
      </p>
      <dl>
        {figures.map(([name, cents, shown]) =>
          shown ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{format.money(cents)}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  )
}
