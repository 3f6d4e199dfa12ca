import { LogoutOutlined } from '@ant-design/icons'
import { signOut } from '@fettle/contracts/session'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Button, Popover, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/session.ts'
import { useWrite } from '../api/write.ts'
import { densities, themeChoices, useAppearance } from '../design/appearance.tsx'
import { speak } from '../i18n/setup.ts'
import { useLanguage } from '../i18n/use-text.ts'
import { forgetPerson } from './forget-person.ts'
import styles from './top-bar.module.css'

/** Who is signed in, the preferences of this person on this device, and the way out. */
export function UserMenu() {
  const { t } = useTranslation(['shell', 'common'])
  const me = useMe()
  const [open, setOpen] = useState(false)
  return (
    <Popover open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" content={<Preferences />}>
      <button type="button" className={styles['user']} aria-label={t('shell:user.menu')} aria-expanded={open}>
        <span className={styles['initial']} aria-hidden="true">
          {Array.from(me.name)[0]}
        </span>
        <span className={styles['who']}>
          <strong>{me.name}</strong>
          <small>{t(`common:role.${me.role}`)}</small>
        </span>
      </button>
    </Popover>
  )
}

function Preferences() {
  const { t } = useTranslation('shell')
  const { choice, choose, density, setDensity } = useAppearance()
  const language = useLanguage()
  const queries = useQueryClient()
  const router = useRouter()
  const leave = useWrite(signOut, { touches: [] })

  async function signOutNow() {
    // Signed out already counts as signed out.
    await leave.mutateAsync({}).catch(() => {})
    await router.navigate({ to: '/sign-in' })
    forgetPerson(queries)
  }

  return (
    <div className={styles['panel']}>
      <div className={styles['choice']}>
        <span id="preference-language">{t('preferences.language')}</span>
        <Segmented
          block
          aria-labelledby="preference-language"
          value={language}
          onChange={speak}
          options={[
            { value: 'zh' as const, label: '中文' },
            { value: 'en' as const, label: 'English' },
          ]}
        />
      </div>
      <div className={styles['choice']}>
        <span id="preference-theme">{t('preferences.theme')}</span>
        <Segmented
          block
          aria-labelledby="preference-theme"
          value={choice}
          onChange={choose}
          options={themeChoices.map((value) => ({ value, label: t(`preferences.themes.${value}`) }))}
        />
      </div>
      <div className={styles['choice']}>
        <span id="preference-density">{t('preferences.density')}</span>
        <Segmented
          block
          aria-labelledby="preference-density"
          value={density}
          onChange={setDensity}
          options={densities.map((value) => ({ value, label: t(`preferences.densities.${value}`) }))}
        />
      </div>
      <Button icon={<LogoutOutlined aria-hidden="true" />} loading={leave.isPending} onClick={() => void signOutNow()}>
        {t('user.signOut')}
      </Button>
    </div>
  )
}
