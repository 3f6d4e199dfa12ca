import type { Text } from '@fettle/contracts/scalars'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from './setup.ts'

/** The language people read now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh'
}

/** Reads a text of the API in the viewer's language: `const text = useText(); text(signal.name)`. */
export function useText(): (text: Text) => string {
  const language = useLanguage()
  return useCallback((text) => text[language], [language])
}
