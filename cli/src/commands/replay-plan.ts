import { readFile } from 'node:fs/promises'
import type { ReplayNames } from '@fettle/devices-sim/replay/outlet'
import type { RecordingOptions } from '@fettle/devices-sim/replay/recording'
import { compileTimestamps } from '@fettle/devices-sim/replay/timestamps'
import { UserError } from '../user-error.ts'
import type { ReplayRequest } from './replay-request.ts'

/** Of devices and signals, as the platform has them. */
const key = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/

/** What to read of the file. Throws a `UserError`. */
export function recordingOf({ file, zone, timeColumn, valueColumn, from, to }: ReplayRequest): RecordingOptions {
  const parse = compileTimestamps(zone)
  if (!parse) throw new UserError(`There is no time zone ${zone}: it is UTC, +08:00 or a name such as Asia/Shanghai.`)
  const instant = (name: string, text: string | undefined) => {
    if (text === undefined) return undefined
    const atMs = parse(text)
    if (atMs === undefined) throw new UserError(`--${name} is no time: ${text}; write it as 2014-01-27 12:10.`)
    return atMs
  }
  const fromMs = instant('from', from)
  const toMs = instant('to', to)
  return {
    file,
    zone,
    ...(timeColumn !== undefined && { timeColumn }),
    ...(valueColumn && { valueColumns: valueColumn }),
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
  }
}

/** What the values are called outside. Throws a `UserError`. */
export function namesOf({ over, device, signal }: ReplayRequest, valueColumns: readonly string[]): ReplayNames {
  if (over === 'mqtt' && device === undefined) {
    throw new UserError('Over MQTT the platform has to know whose readings they are: name the device with --device.')
  }
  const signals = signal ?? valueColumns
  if (signals.length !== valueColumns.length) {
    throw new UserError(
      `There are ${valueColumns.length} columns of values and ${signals.length} signals to call them.`,
    )
  }
  const names = { device: device ?? 'recording', signals }
  const wrong = [names.device, ...signals].find((name) => !key.test(name))
  if (wrong !== undefined) {
    throw new UserError(
      `${JSON.stringify(wrong)} cannot be a key (letters, digits, "_", "-", "."): use --device or --signal.`,
    )
  }
  return names
}

/** The password that was given, if one was. Throws a `UserError` when its file cannot be read. */
export async function passwordOf({ password, passwordFile }: ReplayRequest): Promise<string | undefined> {
  if (passwordFile === undefined) return password
  try {
    const [line = ''] = (await readFile(passwordFile, 'utf8')).split('\n')
    return line.trim()
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new UserError(`${passwordFile} cannot be read (${code}).`, { cause })
  }
}
