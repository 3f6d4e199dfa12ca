import type { Customer } from '@fettle/contracts/customers'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../design/panel.tsx'
import { StateTag } from '../../design/state-tag.tsx'
import styles from './customers.module.css'

/** Where the machines stand and how one gets to them. A masked number cannot be called. */
export function SitesPanel({ sites }: Pick<Customer, 'sites'>) {
  const { t } = useTranslation('customers')
  return (
    <Panel title={t('sites.title')}>
      <ul className={styles['entries']}>
        {sites.map(({ id, name, address, access }) => (
          <li key={id}>
            <strong>{name}</strong>
            <p className="muted">{address}</p>
            <dl className={styles['facts']}>
              <dt>{t('sites.gate')}</dt>
              <dd>{access.gate}</dd>
              <dt>{t('sites.stopWindow')}</dt>
              <dd>{access.stopWindow ?? t('sites.anyTime')}</dd>
              <dt>{t('sites.contact')}</dt>
              <dd>
                {access.contactName}{' '}
                {access.contactPhone.includes('*') ? (
                  access.contactPhone
                ) : (
                  <a href={`tel:${access.contactPhone}`}>{access.contactPhone}</a>
                )}
              </dd>
            </dl>
            {access.safetyTraining ? (
              <StateTag tone="warning" plain>
                {t('sites.training')}
              </StateTag>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
