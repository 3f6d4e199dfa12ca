import { UserError } from '../user-error.ts'

export interface ModeFacts {
  /** `--demo`, `--no-demo` or neither. */
  wish: boolean | undefined
  /** The database was filled with the demonstration before. */
  seeded: boolean
  /** The database has no users and no customers. */
  empty: boolean
  /** The database is the embedded one. */
  embedded: boolean
}

/**
 * Whether to run the demonstration. Without a wish it goes on as it was, and an empty embedded database becomes a demonstration;
 * a database that somebody pointed us to is never filled unasked.
 */
export function decideMode({ wish, seeded, empty, embedded }: ModeFacts): 'demo' | 'work' {
  if (seeded) {
    if (wish === false)
      throw new UserError('This database holds the demonstration: set FETTLE_DATA to a new folder for your own work.')
    return 'demo'
  }
  if (empty) return (wish ?? embedded) ? 'demo' : 'work'
  if (wish === true)
    throw new UserError('This database holds your own data: set FETTLE_DATA to a new folder for a demonstration.')
  return 'work'
}

/** Demo accounts have a published password, so they are offered to this machine alone unless somebody insists. */
export function requireLoopback(hosts: Readonly<Record<string, string>>, isPublic: boolean): void {
  if (isPublic) return
  const open = Object.entries(hosts).filter(([, host]) => !isLoopback(host))
  if (open.length === 0) return
  const [[variable, host] = ['', '']] = open
  throw new UserError(
    `The demonstration has accounts with a published password, so it listens on loopback only: unset ${variable} (${host}), or add --demo-public.`,
  )
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
