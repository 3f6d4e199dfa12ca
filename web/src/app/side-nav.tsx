import { EllipsisOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Drawer, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../api/session.ts'
import { Mark } from '../design/logo.tsx'
import { navigationFor } from './navigation.tsx'
import styles from './side-nav.module.css'

interface SideNavProps {
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

/** Navigation at the left of wide screens; folds to icons. */
export function SideNav({ folded, onFold }: SideNavProps) {
  const { t } = useTranslation(['shell', 'common'])
  const entries = navigationFor(useMay())
  return (
    <nav className={styles['side']} data-folded={folded || undefined} aria-label={t('shell:navigation')}>
      <Link to="/" className={styles['brand']} aria-label={t('common:product')}>
        <Mark size={28} />
        {folded ? null : (
          <span className={styles['word']}>
            机康 <span lang="en">Fettle</span>
          </span>
        )}
      </Link>
      <ul className={styles['entries']}>
        {entries.map(({ key, to, icon: Icon }) => (
          <li key={key}>
            <Tooltip title={folded ? t(`shell:pages.${key}`) : ''} placement="right">
              <Link
                to={to}
                className={styles['entry']}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                activeProps={{ 'data-active': true }}
                aria-label={t(`shell:pages.${key}`)}
              >
                <Icon aria-hidden="true" />
                {folded ? null : <span>{t(`shell:pages.${key}`)}</span>}
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={styles['fold']}
        aria-expanded={!folded}
        aria-label={t(folded ? 'shell:expand' : 'shell:collapse')}
        onClick={() => onFold(!folded)}
      >
        {folded ? <MenuUnfoldOutlined aria-hidden="true" /> : <MenuFoldOutlined aria-hidden="true" />}
      </button>
    </nav>
  )
}

const IN_BAR = 4

/** Navigation at the lower edge of a phone: four pages in reach of the thumb, the others behind “menu”. */
export function PhoneNav() {
  const { t } = useTranslation('shell')
  const entries = navigationFor(useMay())
  const { pathname } = useLocation()
  const [open, setOpen] = useState(false)
  const shown = entries.length <= IN_BAR + 1 ? entries : entries.slice(0, IN_BAR)
  const rest = entries.slice(shown.length)
  return (
    <nav className={styles['bar']} aria-label={t('navigation')}>
      {shown.map(({ key, to, icon: Icon }) => (
        <Link
          key={key}
          to={to}
          className={styles['thumb']}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ 'data-active': true }}
          aria-label={t(`pages.${key}`)}
        >
          <Icon aria-hidden="true" />
          <span>{t(`pages.${key}`)}</span>
        </Link>
      ))}
      {rest.length > 0 ? (
        <button
          type="button"
          className={styles['thumb']}
          aria-expanded={open}
          data-active={rest.some(({ to }) => pathname.startsWith(to)) || undefined}
          onClick={() => setOpen(true)}
        >
          <EllipsisOutlined aria-hidden="true" />
          <span>{t('menu')}</span>
        </button>
      ) : null}
      <Drawer title={t('menu')} placement="bottom" size="default" open={open} onClose={() => setOpen(false)}>
        <ul className={styles['sheet']}>
          {rest.map(({ key, to, icon: Icon }) => (
            <li key={key}>
              <Link
                to={to}
                className={styles['entry']}
                activeProps={{ 'data-active': true }}
                aria-label={t(`pages.${key}`)}
                onClick={() => setOpen(false)}
              >
                <Icon aria-hidden="true" />
                <span>{t(`pages.${key}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  )
}
