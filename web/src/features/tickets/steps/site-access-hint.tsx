import { getCustomer } from '@fettle/contracts/customers'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import styles from '../form-row.module.css'

interface SiteAccessHintProps {
  readonly customerId: string
  readonly siteId: string
}

/** When the customer lets machines stand, and what one needs to be let in: what an appointment must respect. */
export function SiteAccessHint({ customerId, siteId }: SiteAccessHintProps) {
  const { t } = useTranslation('ticket')
  const { data } = useQuery(reading(getCustomer, { params: { customerId } }))
  const access = data?.sites.find(({ id }) => id === siteId)?.access
  if (!access || (access.stopWindow === null && !access.safetyTraining)) return null
  return (
    <p className={styles['hint']}>
      {access.stopWindow === null ? null : t('schedule.stopWindow', { when: access.stopWindow })}{' '}
      {access.safetyTraining ? t('schedule.safetyTraining') : null}
    </p>
  )
}
