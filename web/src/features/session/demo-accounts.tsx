import type { getInstance } from '@fettle/contracts/session'
import type { ReplyOf } from '@fettle/contracts/route'
import { useTranslation } from 'react-i18next'
import styles from './sign-in-page.module.css'

/** The password of every demonstration account; such accounts exist in demo mode only. */
const DEMO_PASSWORD = 'fettle-demo'

interface DemoAccountsProps {
  readonly accounts: ReplyOf<typeof getInstance>['demoAccounts']
  readonly disabled: boolean
  readonly onChoose: (credentials: { readonly username: string; readonly password: string }) => void
}

/** One press signs in as that person. */
export function DemoAccounts({ accounts, disabled, onChoose }: DemoAccountsProps) {
  const { t } = useTranslation(['session', 'common'])
  return (
    <section className={styles['demo']} aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t('session:demo')}</h2>
      <p className="muted">{t('session:demoHint', { password: DEMO_PASSWORD })}</p>
      <ul className={styles['accounts']}>
        {accounts.map(({ username, name, role }) => (
          <li key={username}>
            <button
              type="button"
              className={styles['account']}
              disabled={disabled}
              data-username={username}
              onClick={() => onChoose({ username, password: DEMO_PASSWORD })}
            >
              <strong>{t(`common:role.${role}`)}</strong>
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
