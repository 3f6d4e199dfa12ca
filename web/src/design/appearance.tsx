import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { createContext, use, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { antdThemeOf } from './antd-theme.ts'
import { quietIcons } from './quiet-icons.tsx'
import { remember, remembered } from './remembered.ts'
import { cssVariables, fontFamily, type Density, type Scheme } from './theme.ts'
import { useMedia } from './use-media.ts'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]
export const densities = ['comfortable', 'compact'] as const satisfies readonly Density[]

interface Appearance {
  readonly choice: ThemeChoice
  /** What the choice comes to at present. */
  readonly scheme: Scheme
  readonly density: Density
  readonly choose: (choice: ThemeChoice) => void
  readonly setDensity: (density: Density) => void
}

const Context = createContext<Appearance | null>(null)

/** Theme and density of this person on this device; kept in local storage (public/appearance.js reads the same keys). */
export function useAppearance(): Appearance {
  const appearance = use(Context)
  if (!appearance) throw new Error('useAppearance needs an AppearanceProvider above it')
  return appearance
}

export function AppearanceProvider({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const [choice, setChoice] = useState(() => remembered('theme', themeChoices, 'system'))
  const [density, setDensity] = useState(() => remembered('density', densities, 'comfortable'))
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const touch = useMedia('(max-width: 640px)')
  const printing = usePrinting()
  const scheme: Scheme = printing ? 'light' : choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice

  useLayoutEffect(() => paint(scheme, density), [scheme, density])

  const appearance = useMemo<Appearance>(
    () => ({
      choice,
      scheme,
      density,
      choose: (next) => {
        remember('theme', next)
        setChoice(next)
      },
      setDensity: (next) => {
        remember('density', next)
        setDensity(next)
      },
    }),
    [choice, scheme, density],
  )
  const icons = useMemo(() => quietIcons(t('action.close')), [t])
  const theme = useMemo(() => antdThemeOf(scheme, density, touch), [scheme, density, touch])
  return (
    <Context value={appearance}>
      <ConfigProvider
        theme={theme}
        locale={i18n.language === 'en' ? enUS : zhCN}
        {...icons}
        button={{ ...icons.button, autoInsertSpace: false }}
      >
        {children}
      </ConfigProvider>
    </Context>
  )
}

/** Paper is light whatever the screen was: charts and controls are drawn anew before the browser takes its picture. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

/** Writes the palette onto the document before the browser paints, so that nothing flashes. */
function paint(scheme: Scheme, density: Density) {
  const { style, dataset } = document.documentElement
  for (const [name, value] of Object.entries(cssVariables(scheme))) style.setProperty(name, value)
  style.setProperty('--font', fontFamily)
  style.setProperty('--row-gap', density === 'compact' ? '6px' : '12px')
  style.colorScheme = scheme
  style.background = cssVariables(scheme)['--canvas'] ?? ''
  dataset['theme'] = scheme
  dataset['density'] = density
}
