/**
 * `npm run test:servers`: the tests that drive other people's servers and clients. As root on Debian it installs them first;
 * elsewhere the tests whose programs are missing skip themselves.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const wanted = [
  'postgresql',
  'influxdb',
  'mosquitto',
  'mosquitto-clients',
  'mbpoll',
  'python3-pymodbus',
  'python3-serial',
  'python3-serial-asyncio',
  'tshark',
]

/** @type {(command: string, args: string[]) => boolean} */
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 30_000 }).status === 0

/** @returns {string} what happened, as one line */
function installWanted() {
  const missing = wanted.filter((name) => !succeeds('dpkg', ['--status', name]))
  if (missing.length === 0) return 'all peers are installed'
  const without = `running without ${missing.join(', ')}`
  if (!succeeds('apt-get', ['--version'])) return `not a Debian system: ${without}`
  if (process.getuid?.() !== 0) return `not root: ${without}`
  // RUNLEVEL=1 keeps the packages from starting their daemons: each test starts its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-qq', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=15', ...args], {
      env,
      encoding: 'utf8',
      timeout: 300_000,
    })
  apt('update')
  const install = apt('install', '--yes', '--no-install-recommends', ...missing)
  if (install.status === 0) return `installed ${missing.join(', ')}`
  return `apt-get could not install them (${install.stderr.trim().split('\n').at(-1)}): ${without}`
}

console.log(installWanted())
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const run = spawnSync(process.execPath, [vitest, 'run', '--project', 'servers', '--passWithNoTests'], {
  stdio: 'inherit',
})
process.exitCode = run.status ?? 1
