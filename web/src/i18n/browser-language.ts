/**
 * Some browsers name a language that is none (`en-US@posix`, without a locale in the environment), and uPlot hands that
 * name to `Intl` as it loads, which throws. Charts write their own numbers; any valid name will do.
 */
export function repairBrowserLanguage() {
  try {
    Intl.getCanonicalLocales(navigator.language)
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
  }
}
