import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { remember, remembered } from '../design/remembered.ts'
import { en } from '../locales/en.ts'
import { zh } from '../locales/zh.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof zh
  }
}

/** Starts i18next with both languages (they are small) and Chinese first. */
export async function setUpI18n() {
  await i18next.use(initReactI18next).init({
    resources: { zh, en },
    lng: remembered('language', languages, 'zh'),
    fallbackLng: 'zh',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
  })
  markDocument()
  i18next.on('languageChanged', markDocument)
}

export function speak(language: Language) {
  remember('language', language)
  void i18next.changeLanguage(language)
}

function markDocument() {
  document.documentElement.lang = i18next.language === 'en' ? 'en' : 'zh-CN'
}
