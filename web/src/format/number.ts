import type { Language } from '../i18n/setup.ts'

const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' }
/** What stands where a value is missing; read out as “no value” by the components. */
export const NO_VALUE = '–'

/** A measured value with the decimals of its signal; the sign is a real minus. */
export function measured(value: number | null, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE
  const text = value.toFixed(decimals)
  return (Number(text) === 0 ? text.replace('-', '') : text).replace('-', '−')
}

/** With its unit: “95.0 °C”; a percent sign and degrees of arc stand close, other units after a narrow space. */
export function withUnit(text: string, unit: string): string {
  if (unit === '') return text
  return unit === '%' ? `${text}%` : `${text} ${unit}`
}

/** Integer minor units of CNY: 131087 is ¥1,310.87, a loss −¥1,959.00. */
export function money(cents: number, language: Language, currency = 'CNY'): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
    .format(cents / 100)
    .replace('-', '−')
}

/** A ratio as percent: 0.4937 is 49.4%. */
export function percent(ratio: number, language: Language, decimals = 1): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(ratio)
}

export const count = (value: number, language: Language) => new Intl.NumberFormat(locales[language]).format(value)

/** A fixed-point decimal of the API without superfluous zeros: `2.5000` is 2.5. No float touches it. */
export function decimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace('-', '−') : text.replace('-', '−')
}
