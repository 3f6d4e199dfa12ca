import { CompassOutlined, PhoneOutlined } from '@ant-design/icons'
import type { Site } from '@fettle/contracts/customers'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../design/panel.tsx'
import { StateTag } from '../../design/state-tag.tsx'
import styles from './brief.module.css'

/** The way in: gate, times, training, and whom to call. A masked number cannot be called. */
export function AccessPanel({ site }: { readonly site: Site }) {
  const { t } = useTranslation('brief')
  const { gate, stopWindow, safetyTraining, contactName, contactPhone } = site.access
  const masked = contactPhone.includes('*')
  return (
    <Panel title={t('access.title')}>
      {safetyTraining ? (
        <p className={styles['training']}>
          <StateTag tone="warning" plain>
            {t('access.training')}
          </StateTag>
        </p>
      ) : null}
      <dl className={styles['access']}>
        <dt>{t('access.gate')}</dt>
        <dd>{gate}</dd>
        <dt>{t('access.stopWindow')}</dt>
        <dd>{stopWindow ?? t('access.anyTime')}</dd>
        <dt>{t('access.address')}</dt>
        <dd>
          {site.address}
          <br />
          <span className="muted">{site.name}</span>
        </dd>
        <dt>{t('access.contact')}</dt>
        <dd>
          {contactName} {masked ? contactPhone : <a href={`tel:${contactPhone}`}>{contactPhone}</a>}
        </dd>
      </dl>
      <div className={styles['reach']}>
        {masked ? null : (
          <Button type="primary" icon={<PhoneOutlined aria-hidden="true" />} href={`tel:${contactPhone}`}>
            {t('access.call', { name: contactName })}
          </Button>
        )}
        <Button icon={<CompassOutlined aria-hidden="true" />} href={mapAddress(site)} target="_blank" rel="noreferrer">
          {t('access.navigate')}
        </Button>
      </div>
    </Panel>
  )
}

/** AMap's URI takes WGS-84 and shifts it to China's grid itself (lbs.amap.com/api/uri-api). */
function mapAddress({ position: { latitude, longitude }, name }: Site): string {
  const query = new URLSearchParams({ position: `${longitude},${latitude}`, name, coordinate: 'wgs84' })
  return `https://uri.amap.com/marker?${query}`
}
