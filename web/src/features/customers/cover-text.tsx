import type { Customer } from '@fettle/contracts/customers'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../format/now.ts'
import { useFormat } from '../../format/use-format.ts'
import { chinaDay, contractStanding } from './contract-standing.ts'

const HOUR = 3_600_000

/** The contract in force in a few words, or that there is none. */
export function CoverText({ contracts }: Pick<Customer, 'contracts'>) {
  const { t } = useTranslation(['customers', 'common'])
  const format = useFormat()
  const today = chinaDay(useNow(HOUR))
  const current = contracts.find((contract) => contractStanding(contract, today) === 'in-force')
  if (!current)
    return <span className="muted">{t(contracts.length > 0 ? 'customers:ended' : 'customers:noContract')}</span>
  const coverage = t(`common:coverage.${current.coverage}`)
  return <span>{t('customers:until', { coverage, day: format.day(current.endsOn) })}</span>
}
