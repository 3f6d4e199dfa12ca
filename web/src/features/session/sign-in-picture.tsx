import { useTranslation } from 'react-i18next'
import styles from './sign-in-page.module.css'

/**
 * What the product does, as one line: a signal climbs past its limit, somebody comes, and it runs level again. A
 * drawing, not data.
 */
export function SignInPicture() {
  const { t } = useTranslation('session')
  return (
    <aside className={styles['picture']} aria-hidden="true">
      <svg viewBox="0 0 640 300" className={styles['line']} fill="none">
        <path className={styles['limit']} d="M0 112H640" />
        <path
          className={styles['pulse']}
          d="M-10 214c16-7 24 5 40-1s22-6 38 2 26-3 42-1 24-7 38-1 22 4 36-4 20-4 32-9 18-15 29-26 18-22 27-38 16-30 25-44 15-24 24-29 13 0 18 9 8 26 13 48 10 44 19 59 18 22 31 25 24-3 38 1 22 5 36 2 24-6 40-1 26 4 42 0 26-5 46-1 30 3 60-1"
        />
        <circle cx="293" cy="112" r="6" className={styles['crossing']} />
        <circle cx="424" cy="206" r="6" className={styles['mended']} />
      </svg>
      <div className={styles['words']}>
        <p>{t('promise.first')}</p>
        <p>{t('promise.second')}</p>
      </div>
    </aside>
  )
}
