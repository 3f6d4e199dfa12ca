import { useState } from 'react'
import { useMe } from '../../api/session.ts'

/**
 * What this person is writing, kept on this device until it is sent; the next one at the same desk does not find it.
 * Storage that is full or forbidden is no reason to fail.
 */
export function useDraft<T extends object>(name: string) {
  const { id } = useMe()
  const key = `fettle.draft.${id}.${name}`
  const [kept] = useState(() => read<T>(key))
  return {
    kept,
    keep: (fields: T) => {
      try {
        localStorage.setItem(key, JSON.stringify(fields))
      } catch {
        // The form itself still holds it.
      }
    },
    forget: () => {
      try {
        localStorage.removeItem(key)
      } catch {
        // Nothing was kept then.
      }
    },
  }
}

function read<T extends object>(key: string): Partial<T> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Partial<T>) : {}
  } catch {
    return {}
  }
}
