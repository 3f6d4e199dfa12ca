import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { remember, remembered } from '../design/remembered.ts'
import { usePhone } from '../design/use-media.ts'
import { useLiveEvents } from '../live/use-live-events.ts'
import styles from './app-shell.module.css'
import { PhoneNav, SideNav } from './side-nav.tsx'
import { TopBar } from './top-bar.tsx'

/** The frame of every signed-in page: navigation, header, content. Owns the live stream. */
export function AppShell() {
  useLiveEvents()
  const { t } = useTranslation('shell')
  const phone = usePhone()
  const [folded, setFolded] = useState(() => remembered('nav', ['open', 'folded'], 'open') === 'folded')
  const main = useFocusOnNavigation()

  return (
    <div className={styles['shell']} data-folded={folded || undefined}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      {phone ? null : (
        <SideNav
          folded={folded}
          onFold={(next) => {
            remember('nav', next ? 'folded' : 'open')
            setFolded(next)
          }}
        />
      )}
      <div className={styles['column']}>
        <TopBar />
        <main id="content" ref={main} tabIndex={-1} className={styles['main']}>
          <Outlet />
        </main>
      </div>
      {phone ? <PhoneNav /> : null}
    </div>
  )
}

/** After a change of page the keyboard and screen readers start at the new content; filters do not move anything. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const former = useRef(pathname)
  useEffect(() => {
    if (former.current === pathname) return
    former.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
