/** A choice that stays on this device. Storage that is forbidden or full is no reason to fail. */
export function remember(name: string, value: string) {
  try {
    localStorage.setItem(`fettle.${name}`, value)
  } catch {
    // Private windows may refuse; the choice then lasts until the page is left.
  }
}

/** The remembered choice when it is still one of `choices`, otherwise `fallback`. */
export function remembered<const T extends string>(name: string, choices: readonly T[], fallback: NoInfer<T>): T {
  try {
    const value = localStorage.getItem(`fettle.${name}`)
    return choices.find((choice) => choice === value) ?? fallback
  } catch {
    return fallback
  }
}

/** The remembered choice as it was put down; undefined when there is none. */
export function rememberedText(name: string): string | undefined {
  try {
    return localStorage.getItem(`fettle.${name}`) ?? undefined
  } catch {
    return undefined
  }
}
