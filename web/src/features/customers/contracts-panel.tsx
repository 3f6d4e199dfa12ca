import type { Customer } from '@fettle/contracts/customers'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../design/panel.tsx'
import { useNow } from '../../format/now.ts'
import { useFormat } from '../../format/use-format.ts'
import { chinaDay, contractStanding } from './contract-standing.ts'
import styles from './customers.module.css'

const HOUR = 3_600_000

/** What is promised and until when, newest first; fees only for those who may see money. */
export function ContractsPanel({ contracts }: Pick<Customer, 'contracts'>) {
  const { t } = useTranslation(['customers', 'common'])
  const format = useFormat()
  const today = chinaDay(useNow(HOUR))
  return (
    <Panel title={t('customers:contracts.title')}>
      {contracts.length === 0 ? <p className="muted">{t('customers:contracts.none')}</p> : null}
      <ul className={styles['entries']}>
        {contracts.toReversed().map((contract) => {
          const standing = contractStanding(contract, today)
          return (
            <li key={contract.id}>
              <p className={styles['line']}>
                <strong>{t(`common:coverage.${contract.coverage}`)}</strong>
                <span className="muted">
                  {standing === 'in-force'
                    ? t(`customers:tier.${contract.tier}`)
                    : t(`customers:contracts.${standing}`)}
                </span>
              </p>
              <p className="muted">
                {t('customers:contracts.span', {
                  from: format.day(contract.startsOn),
                  to: format.day(contract.endsOn),
                })}
              </p>
              <p className="muted">
                {[
                  ...(contract.annualFeeCents === null
                    ? []
                    : [t('customers:contracts.fee', { fee: format.money(contract.annualFeeCents) })]),
                  ...(contract.wearPartsCharged ? [t('customers:contracts.wearParts')] : []),
                ].join(' · ')}
              </p>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
