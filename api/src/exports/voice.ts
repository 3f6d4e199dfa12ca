import type { Text } from '@fettle/contracts/scalars'
import { DomainError } from '@fettle/domain/domain-error'

/** How one reader is spoken to: language and time zone. */
export interface Voice {
  readonly zone: string
  text(text: Text): string
  /** `2026-11-22 14:30:05`, which every spreadsheet reads as a time. */
  time(at: string): string
}

/** Throws `request/invalid` for a zone that the IANA database does not have. */
export function voiceOf(language: 'zh' | 'en', zone: string): Voice {
  const clock = clockOf(zone)
  return { zone, text: (text) => text[language], time: (at) => clock.format(Date.parse(at)) }
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    // Sweden writes times as ISO 8601 does, but for the T.
    return new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch (cause) {
    throw new DomainError('request/invalid', 'there is no such time zone', { zone: timeZone }, { cause })
  }
}
