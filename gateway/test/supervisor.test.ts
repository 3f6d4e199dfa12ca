import { fakeClock } from '@fettle/platform/clock'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { eventually } from './eventually.ts'
import { captureLog } from './log-lines.ts'
import { supervise, type SuperviseOptions } from '../src/supervisor.ts'

/** A link whose runs the test answers one by one. */
function scripted(options: Partial<SuperviseOptions> = {}) {
  const clock = fakeClock(1_000_000)
  const log = captureLog()
  const runs: { up(): void; fail(reason: string): void; end(): void }[] = []
  const pauses = { next: vi.fn<() => number>(() => 0), reset: vi.fn<() => void>() }
  const link = supervise({
    name: 'press-1',
    run: (signal, up) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => resolve())
        runs.push({ up, fail: (reason) => reject(new Error(reason)), end: () => resolve() })
      }),
    logger: log.logger,
    clock,
    pauses,
    ...options,
  })
  const started = async (count: number) => {
    await eventually(() => expect(runs).toHaveLength(count))
    return runs[count - 1]!
  }
  return { link, clock, log, pauses, started }
}

const links: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const link of links.splice(0)) await link.stop()
})

function start(options?: Partial<SuperviseOptions>) {
  const all = scripted(options)
  links.push(all.link)
  void all.link.start()
  return all
}

describe('supervise', () => {
  it('logs once down and once up, however many attempts lie between', async () => {
    const { started, log, link, clock } = start()
    ;(await started(1)).up()
    ;(await started(1)).fail('cable pulled')
    for (const attempt of [2, 3, 4]) (await started(attempt)).fail('cable pulled')
    clock.advance(90_000)
    ;(await started(5)).up()
    ;(await started(5)).up()
    expect(log.messages()).toEqual(['press-1 is up', 'press-1 is down: cable pulled', 'press-1 is up'])
    expect(log.lines[2]).toMatchObject({ downForMs: 90_000 })
    expect(link.status()).toMatchObject({ state: 'up', failures: 4, lastError: { message: 'cable pulled' } })
  })

  it('says each other reason once when it is down for a minute, and no more than five', async () => {
    const { started, log, clock } = start()
    ;(await started(1)).up()
    const reasons = ['cable pulled', 'too soon', 'refused', 'certificate unknown', 'refused', 'a', 'b', 'c']
    for (const [index, reason] of reasons.entries()) {
      const attempt = await started(index + 1)
      if (reason === 'refused') clock.advance(60_000)
      attempt.fail(reason)
    }
    ;(await started(9)).up()
    ;(await started(9)).fail('refused')
    await started(10)
    expect(log.messages()).toEqual([
      'press-1 is up',
      'press-1 is down: cable pulled',
      ...['refused', 'certificate unknown', 'a', 'b'].map((reason) => `press-1 is still down: ${reason}`),
      'press-1 is up',
      'press-1 is down: refused',
    ])
  })

  it('logs the first failure even if it was never up', async () => {
    const { started, log, link } = start()
    ;(await started(1)).fail('wrong address')
    ;(await started(2)).fail('wrong address')
    await started(3)
    expect(log.messages()).toEqual(['press-1 is down: wrong address'])
    expect(link.status()).toMatchObject({ state: 'down', failures: 2 })
  })

  it('takes a run that ends by itself for a failure', async () => {
    const { started, log } = start()
    ;(await started(1)).end()
    await started(2)
    expect(log.messages()).toEqual(['press-1 is down: it ended without being told to'])
  })

  it('forgets the back-off only after it was up for a while, so that flapping slows down', async () => {
    const { started, clock, pauses } = start()
    ;(await started(1)).up()
    clock.advance(9_999)
    ;(await started(1)).fail('flap')
    ;(await started(2)).up()
    expect(pauses.reset).not.toHaveBeenCalled()
    clock.advance(10_000)
    ;(await started(2)).fail('later')
    await started(3)
    expect(pauses.reset).toHaveBeenCalledOnce()
    expect(pauses.next).toHaveBeenCalledTimes(2)
  })

  it('stops in the middle of a run and in the middle of a pause, without a word', async () => {
    const running = start()
    ;(await running.started(1)).up()
    await running.link.stop()
    expect(running.log.messages()).toEqual(['press-1 is up'])
    expect(running.link.status().state).toBe('stopped')

    const pausing = start({ pauses: { next: () => 3_600_000, reset: () => {} } })
    ;(await pausing.started(1)).fail('gone')
    await eventually(() => expect(pausing.link.status().state).toBe('down'))
    await pausing.link.stop()
    expect(pausing.link.status().state).toBe('stopped')
  })
})
