import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { eventually } from './eventually.ts'
import { startPlatform } from './fake-platform.ts'

const script = fileURLToPath(new URL('processes/kill-child.ts', import.meta.url))

function startChild(...args: string[]) {
  const child = spawn(process.execPath, ['--import=tsx', '--conditions=source', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return {
    /** What was promised so far; a line that the kill cut off was still promised, but its value is not known. */
    promised: () => output.split('\n').slice(0, -1),
    async kill() {
      const closed = once(child, 'close')
      child.kill('SIGKILL')
      await closed
    },
  }
}

it(
  'kill -9, again and again: every reading that the sink took is delivered, in order',
  { timeout: 120_000 },
  async () => {
    const seed = Date.now() % 100_000
    const draw = lcg(seed)
    const dir = await mkdtemp(join(tmpdir(), 'fettle-kill-'))
    let platform = await startPlatform('GW-KILL')
    onTestFinished(async () => {
      await platform.close()
      await rm(dir, { recursive: true, force: true })
    })

    const promised: string[] = []
    for (let run = 0; run < 6; run++) {
      if (run === 2) platform.silent = true // stored, but the gateway does not learn of it
      if (run === 3) platform = await restarted(platform)
      const child = startChild(dir, platform.broker.url, `run${run}`)
      const enough = 20 + Math.floor(draw() * 300)
      await eventually(() => expect(child.promised().length, `seed ${seed}`).toBeGreaterThan(enough))
      await child.kill()
      promised.push(...child.promised())
    }

    const last = startChild(dir, platform.broker.url, 'drain')
    await eventually(() => {
      const delivered = new Set(platform.values())
      expect(
        promised.filter((value) => !delivered.has(value)),
        `seed ${seed}`,
      ).toEqual([])
    })
    await last.kill()

    expect(promised.length).toBeGreaterThan(120)
    expect([...platform.stored.keys()], 'one identity through all kills').toHaveLength(1)
    const seqs = [...platform.stored.values()].flat().map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.map((_, index) => index))
    for (const series of grouped(platform.values() as string[])) {
      expect(series.map((value) => Number(value.split('-')[2]))).toEqual(series.map((_, index) => index))
    }

    async function restarted(before: typeof platform) {
      await before.close()
      return startPlatform('GW-KILL', before, before.broker.port)
    }
  },
)

const seriesOf = (value: string) => value.split('-').slice(0, 2).join('-')

function grouped(values: string[]): string[][] {
  const series = new Map<string, string[]>()
  for (const value of values) series.set(seriesOf(value), [...(series.get(seriesOf(value)) ?? []), value])
  return [...series.values()]
}

/** Numbers in [0, 1) that a seed repeats (Numerical Recipes' linear congruential generator). */
function lcg(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
}
