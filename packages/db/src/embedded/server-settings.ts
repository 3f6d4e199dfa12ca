import { createHash } from 'node:crypto'

/** PostgreSQL settings by name, e.g. `{ shared_buffers: '256MB' }`; given on the command line, so no file needs editing. */
export type ServerSettings = Readonly<Record<string, string>>

/** The name of the setting that carries the fingerprint of all others; PostgreSQL keeps any value under a dotted name. */
export const fingerprintSetting = 'fettle.settings'

/** For one machine that also runs everything else: durable, modest memory, reachable over loopback TCP alone. */
const standard: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // A socket's path is limited to about 100 bytes, and FETTLE_DATA may be longer.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  // Compiling a plan costs more than our short queries take.
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %a ',
  log_checkpoints: 'off',
  password_encryption: 'scram-sha-256',
}

/** The standard settings with `changes` over them and their fingerprint added. `version`: of the program, so that an upgrade changes it too. */
export function serverSettings(version: string, changes: ServerSettings = {}): ServerSettings {
  const settings = { ...standard, ...changes }
  return { ...settings, [fingerprintSetting]: fingerprint(version, settings) }
}

function fingerprint(version: string, settings: ServerSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  return createHash('sha256')
    .update([version, ...lines.toSorted()].join('\n'))
    .digest('hex')
    .slice(0, 16)
}
