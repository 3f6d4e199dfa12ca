import type { Site } from '@fettle/contracts/customers'
import { useTranslation } from 'react-i18next'
import styles from '../form-row.module.css'

/** When the customer lets machines stand, and what one needs to be let in: what an appointment must respect. */
export function SiteAccessHint({ access }: { readonly access: Site['access'] }) {
  const { t } = useTranslation('ticket')
  if (access.stopWindow === null && !access.safetyTraining) return null
  return (
    <p className={styles['hint']}>
      {access.stopWindow === null ? null : t('schedule.stopWindow', { when: access.stopWindow })}{' '}
      {access.safetyTraining ? t('schedule.safetyTraining') : null}
    </p>
  )
}
