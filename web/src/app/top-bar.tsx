import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/session.ts'
import { Mark } from '../design/logo.tsx'
import { usePhone } from '../design/use-media.ts'
import { ConnectionIndicator } from './connection-indicator.tsx'
import { GlobalSearch } from './global-search.tsx'
import styles from './top-bar.module.css'
import { UserMenu } from './user-menu.tsx'

export function TopBar() {
  const { t } = useTranslation(['shell', 'common'])
  const me = useMe()
  const phone = usePhone()
  return (
    <header className={styles['bar']}>
      {phone ? (
        <Link to="/" className={styles['brand']} aria-label={t('common:product')}>
          <Mark size={28} />
        </Link>
      ) : null}
      <GlobalSearch />
      <div className={styles['end']}>
        {me.demo && !phone ? <span className={styles['demo']}>{t('shell:user.demo')}</span> : null}
        <ConnectionIndicator />
        <UserMenu />
      </div>
    </header>
  )
}
