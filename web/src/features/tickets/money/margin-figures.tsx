import type { Margin } from '@fettle/contracts/money'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format.ts'
import styles from './money.module.css'

/** Margin and what it is made of. Everything is without tax except the one figure that says otherwise. */
export function MarginFigures({ margin }: { readonly margin: Margin }) {
  const { t } = useTranslation('money')
  const format = useFormat()
  const charged = margin.revenueWithTaxCents !== 0 || margin.revenueCents !== 0
  const figures = [
    ['revenueWithTax', margin.revenueWithTaxCents, charged],
    ['revenue', margin.revenueCents, true],
    ['cost', margin.costCents, true],
    ['claims', margin.claimsCents, margin.claimsCents !== 0],
    ['ownBurden', margin.ownBurdenCents, margin.ownBurdenCents !== 0 || margin.claimsCents !== 0],
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
              <dt>{name === 'ownBurden' ? <Explained name={t(name)} meaning={t('ownBurdenMeans')} /> : t(name)}</dt>
              <dd>{format.money(cents)}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  )
}

/** A name that says what it means when it is pointed at, touched or reached by keyboard. */
function Explained({ name, meaning }: { readonly name: string; readonly meaning: string }) {
  return (
    <Tooltip title={meaning} placement="bottomLeft" trigger={['hover', 'focus', 'click']}>
      <button type="button" className={styles['explained']}>
        {name}
      </button>
    </Tooltip>
  )
}
