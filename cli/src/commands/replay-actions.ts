import path from 'node:path'
import { createMqttOutlet, telemetryTopicOf } from '@fettle/devices-sim/replay/mqtt-outlet'
import type { ReplayEndpoint, ReplayOutlet } from '@fettle/devices-sim/replay/outlet'
import { playAtSpeed, playStepped } from '@fettle/devices-sim/replay/player'
import { openRecording, type Recording } from '@fettle/devices-sim/replay/recording'
import { ReplayError } from '@fettle/devices-sim/replay/replay-error'
import type { Sample } from '@fettle/devices-sim/replay/sample'
import { createLogger, type Logger } from '@fettle/platform/logging'
import { untilToldToStop } from '../instance/stop-signals.ts'
import { loadSettings } from '../settings.ts'
import { UserError } from '../user-error.ts'
import { namesOf, passwordOf, recordingOf } from './replay-plan.ts'
import { count, instant, startProgress, type ReplayTally } from './replay-progress.ts'
import type { ReplayRequest } from './replay-request.ts'

/** Plays until the last sample was read, or until told to stop. Throws a `UserError`. */
export async function replay(request: ReplayRequest): Promise<void> {
  try {
    await run(request)
  } catch (error) {
    if (error instanceof ReplayError) throw new UserError(error.message, { cause: error })
    throw error
  }
}

async function run(request: ReplayRequest): Promise<void> {
  const { logLevel } = loadSettings()
  const logger = createLogger({ name: 'replay', level: logLevel })
  const recording = await openRecording(recordingOf(request))
  const outlet = await createOutlet(request, recording, logger)
  const stopping = new AbortController()
  void untilToldToStop().then(() => stopping.abort())

  process.stderr.write(`${describe(request, recording)}\n`)
  process.stderr.write(`${advertise(await outlet.open(await firstOf(recording)))}\n`)
  const progress = startProgress(recording.facts, process.stderr)
  const play = {
    outlet,
    samples: recording.samples(),
    taken: (sample: Sample) => progress.taken(sample),
    signal: stopping.signal,
  }
  let complete = false
  let tally: ReplayTally
  try {
    if (request.stepped) await playStepped(play)
    else await playAtSpeed({ ...play, speed: request.speed, monotonicMs: () => performance.now() })
    complete = true
  } catch (error) {
    if (!stopping.signal.aborted) throw error
  } finally {
    tally = progress.stop()
    await outlet.close()
  }
  console.log(
    request.json ? JSON.stringify(report(request, recording, tally, complete)) : summary(recording, tally, complete),
  )
}

async function firstOf(recording: Recording): Promise<Sample> {
  for await (const sample of recording.samples()) return sample
  throw new UserError('The recording is empty now.')
}

async function createOutlet(request: ReplayRequest, recording: Recording, logger: Logger): Promise<ReplayOutlet> {
  const names = namesOf(request, recording.valueColumns)
  const { over, host, mqttUrl, topic = telemetryTopicOf(names.device) } = request
  const password = await passwordOf(request)
  switch (over) {
    case 'modbus': {
      const { createModbusOutlet } = await import('@fettle/devices-sim/replay/modbus-outlet')
      return createModbusOutlet({
        ...names,
        host,
        port: request.port ?? 5020,
        pollMs: pollMsOf(request, recording),
        logger,
      })
    }
    case 'opcua': {
      // Loading the library takes most of a second.
      const { createOpcUaOutlet } = await import('@fettle/devices-sim/replay/opcua-outlet')
      const { username } = request
      if ((username === undefined) !== (password === undefined)) {
        throw new UserError('A login needs both --username and --password-file (or --password).')
      }
      const login = username !== undefined && password !== undefined ? { login: { username, password } } : {}
      const pkiFolder = path.join(loadSettings().dataDir, 'replay', 'pki')
      return createOpcUaOutlet({ ...names, host, port: request.port ?? 4840, pkiFolder, logger, ...login })
    }
    case 'mqtt': {
      const username = request.username ?? (password === undefined ? undefined : names.device)
      const account = { ...(username !== undefined && { username }), ...(password !== undefined && { password }) }
      return createMqttOutlet({ ...names, url: mqttUrl, topic, logger, ...account })
    }
    default:
      return over satisfies never
  }
}

/** By the clock, four looks at each sample are enough to miss none. */
function pollMsOf({ stepped, speed }: ReplayRequest, { facts: { rows, firstMs, lastMs } }: Recording): number {
  const shownMs = (lastMs - firstMs) / Math.max(1, rows - 1) / speed
  return stepped ? 1 : Math.min(1_000, Math.max(1, Math.floor(shownMs / 4)))
}

function describe({ file, stepped, speed }: ReplayRequest, { timeColumn, valueColumns, facts }: Recording): string {
  const pace = stepped ? 'stepped' : `${speed} times as fast as recorded`
  const span = `${instant(facts.firstMs)} – ${instant(facts.lastMs)}`
  return `${path.basename(file)}: ${count(facts.rows)} rows, ${span}, ${timeColumn} → ${valueColumns.join(', ')}; ${pace}`
}

function advertise({ where, source }: ReplayEndpoint): string {
  return source === undefined ? where : `${where}\nfor the gateway's configuration file:\n\n${source}\n`
}

function report(
  { file, over, stepped, speed }: ReplayRequest,
  { facts }: Recording,
  tally: ReplayTally,
  complete: boolean,
) {
  const { firstMs, lastMs, ...counts } = facts
  return {
    file,
    over,
    ...(stepped ? { mode: 'stepped' } : { mode: 'speed', speed }),
    complete,
    from: new Date(firstMs).toISOString(),
    to: new Date(lastMs).toISOString(),
    ...counts,
    ...tally,
  }
}

function summary({ facts }: Recording, { taken, seconds, rowsPerSecond }: ReplayTally, complete: boolean): string {
  const { rows, missing, notRising } = facts
  const unread = rows - taken
  const pace = `${count(taken)} of ${count(rows)} rows read in ${seconds.toFixed(1)} s (${count(rowsPerSecond)} rows/s)`
  const notes = [
    complete ? '' : 'stopped before the end',
    complete && unread > 0 ? `${count(unread)} were overtaken by the next before anybody read them` : '',
    missing > 0 ? `${count(missing)} values were missing` : '',
    notRising > 0 ? `${count(notRising)} rows did not lie after the one before` : '',
  ]
  return [pace, ...notes.filter(Boolean)].join('; ')
}
