import { clearFault, injectFault, listMachines } from '@fettle/devices-sim/control-client'
import { faultModes, isFaultMode, type FaultMode } from '@fettle/devices-sim/faults'
import { fewNearest } from '@fettle/devices-sim/nearest-names'
import { readRunningFile } from '../instance/running-file.ts'
import { loadSettings } from '../settings.ts'
import { UserError } from '../user-error.ts'

type Machines = Awaited<ReturnType<typeof listMachines>>
type Machine = Machines[number]

export async function list({ url, json }: { url?: string; json?: boolean }): Promise<void> {
  const items = await asked(url, listMachines)
  if (json) console.log(JSON.stringify({ items }))
  else console.log(items.map(describe).join('\n'))
}

export async function fault(
  device: string,
  mode: string,
  { url, progress, over, signal }: { url?: string; progress?: number; over?: number; signal?: string },
): Promise<void> {
  const injection = {
    mode: knownMode(mode),
    ...(progress !== undefined && { progress }),
    ...(over !== undefined && { overMs: over }),
    ...(signal !== undefined && { signal }),
  }
  console.log(describe(await asked(url, (base) => injectFault(base, device, injection))))
}

export async function clear(device: string, mode: string, { url }: { url?: string }): Promise<void> {
  console.log(describe(await asked(url, (base) => clearFault(base, device, knownMode(mode)))))
}

/** One line: what it is, what it does, what is wrong with it. */
function describe({ deviceKey, site, online, faults, ...machine }: Machine): string {
  const troubles = faults.map(({ mode, progress, signal }) => {
    const share = progress < 1 ? ` ${Math.round(progress * 100)} %` : ''
    return `${mode}${signal === undefined ? '' : ` ${signal}`}${share}`
  })
  return [
    deviceKey.padEnd(17),
    site.padEnd(20),
    stateOf(machine).padEnd(8),
    online ? '' : 'offline',
    troubles.join(', '),
  ]
    .join(' ')
    .trimEnd()
}

function stateOf({ running, tripped, values }: Pick<Machine, 'running' | 'tripped' | 'values'>): string {
  if (tripped) return 'tripped'
  if (running) return 'running'
  return values['run_state'] === 1 ? 'idle' : 'stopped'
}

async function asked<T>(url: string | undefined, ask: (baseUrl: string) => Promise<T>): Promise<T> {
  const base = url ?? (await controlUrl())
  try {
    return await ask(base)
  } catch (error) {
    if (!isUnreachable(error)) throw error
    const message = `No simulated fleet answers at ${base}: start one with \`fettle start\` or \`fettle sim run\`, or name its address with --url.`
    throw new UserError(message, { cause: error })
  }
}

async function controlUrl(): Promise<string> {
  const { dataDir, simPort } = loadSettings()
  const running = await readRunningFile(dataDir)
  return running?.simUrl ?? `http://127.0.0.1:${simPort}`
}

/** `fetch` fails with a TypeError whatever the network's reason is. */
function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError
}

function knownMode(name: string): FaultMode {
  if (isFaultMode(name)) return name
  throw new UserError(
    `There is no fault ${name}; there are ${fewNearest(name, faultModes)}. \`fettle sim --help\` names all.`,
  )
}
