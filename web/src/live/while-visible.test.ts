import { expect, it } from 'vitest'
import { whileVisible } from './while-visible.ts'

/** A page whose tab is switched by the test, and a clock that strikes when told. */
function fixture(visibilityState: DocumentVisibilityState = 'visible') {
  const listeners = new Set<() => void>()
  const page = {
    visibilityState,
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
  }
  const log: string[] = []
  let pending: (() => void) | undefined
  const leave = whileVisible(
    () => {
      log.push('start')
      return () => log.push('stop')
    },
    {
      page,
      wait: (run) => {
        pending = run
        return () => (pending = undefined)
      },
    },
  )
  return {
    log,
    leave,
    listeners,
    turn: (state: DocumentVisibilityState) => {
      page.visibilityState = state
      for (const listener of listeners) listener()
    },
    strike: () => pending?.(),
  }
}

it('ends some time after the page was hidden, and begins anew when it is looked at', () => {
  const { log, turn, strike } = fixture()
  turn('hidden')
  expect(log).toEqual(['start'])
  strike()
  expect(log).toEqual(['start', 'stop'])
  turn('visible')
  expect(log).toEqual(['start', 'stop', 'start'])
})

it('goes on when the page was away for a moment only', () => {
  const { log, turn, strike } = fixture()
  turn('hidden')
  turn('visible')
  strike()
  expect(log).toEqual(['start'])
})

it('waits for a page that was opened in the background', () => {
  const { log, turn } = fixture('hidden')
  expect(log).toEqual([])
  turn('visible')
  expect(log).toEqual(['start'])
})

it('leaves nothing behind', () => {
  const { log, turn, leave, listeners } = fixture()
  turn('hidden')
  leave()
  expect(log).toEqual(['start', 'stop'])
  expect(listeners.size).toBe(0)
})
