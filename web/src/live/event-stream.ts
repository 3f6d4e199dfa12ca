import { ALIVE_EVERY_MS, type LiveEvent } from '@fettle/contracts/events'

export type StreamState = 'connecting' | 'open' | 'waiting'

/** The part of EventSource that is used; tests pass their own. */
export interface EventSourceLike {
  addEventListener(name: 'open' | 'error', listener: () => void): void
  addEventListener(name: 'message', listener: (message: { readonly data: unknown }) => void): void
  close(): void
}

/** The part of `window` that tells of the network; tests pass their own. */
export interface NetworkLike {
  addEventListener(name: 'online' | 'offline', listener: () => void): void
  removeEventListener(name: 'online' | 'offline', listener: () => void): void
}

interface StreamOptions {
  readonly connect: () => EventSourceLike
  readonly onEvent: (event: LiveEvent) => void
  /** After a gap the screen must ask again for everything that is live. */
  readonly onReconnected: () => void
  readonly onState: (state: StreamState) => void
  readonly network?: NetworkLike
  readonly wait?: (run: () => void, delayMs: number) => () => void
  /** 0 to 1; spreads clients that lost the same server. */
  readonly random?: () => number
}

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 30_000
/** The server says that it is alive all the time; when that stays out twice, it is not. */
const SILENT_AFTER_MS = 2.25 * ALIVE_EVERY_MS

/**
 * Keeps one stream open until the returned function is called. Waits longer after each failure, never gives up. A browser
 * that lost its network may hold the connection open for minutes: that counts as closed at once, and the return of the
 * network is not waited out. A connection on which nothing arrives any more is given up, too.
 */
export function openStream({
  connect,
  onEvent,
  onReconnected,
  onState,
  network = window,
  wait = after,
  random = Math.random,
}: StreamOptions) {
  let source: EventSourceLike | undefined
  let cancelWait = () => {}
  let cancelWatch = () => {}
  let failures = 0
  let wasOpen = false

  function start() {
    onState('connecting')
    const current = connect()
    source = current
    const fail = () => {
      current.close()
      if (source !== current) return
      leave()
      onState('waiting')
      const delay = Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS)
      failures += 1
      cancelWait = wait(start, delay * (0.5 + random() / 2))
    }
    const watch = () => {
      cancelWatch()
      cancelWatch = wait(fail, SILENT_AFTER_MS)
    }
    watch()
    current.addEventListener('open', () => {
      failures = 0
      watch()
      onState('open')
      if (wasOpen) onReconnected()
      wasOpen = true
    })
    current.addEventListener('message', ({ data }) => {
      watch()
      const event = parse(data)
      if (event) onEvent(event)
    })
    current.addEventListener('error', fail)
  }

  /** Of the connection that was, nothing is heard any more. */
  function leave() {
    cancelWait()
    cancelWatch()
    source?.close()
    source = undefined
  }

  function onOffline() {
    leave()
    onState('waiting')
  }
  function onOnline() {
    leave()
    failures = 0
    start()
  }

  network.addEventListener('offline', onOffline)
  network.addEventListener('online', onOnline)
  start()
  return () => {
    network.removeEventListener('offline', onOffline)
    network.removeEventListener('online', onOnline)
    leave()
  }
}

function after(run: () => void, delayMs: number) {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

const kinds: readonly unknown[] = ['values', 'alarm', 'ticket', 'asset', 'alive'] satisfies readonly LiveEvent['kind'][]

/** Null for what this version does not know: a newer server may say more. */
function parse(data: unknown): LiveEvent | null {
  if (typeof data !== 'string') return null
  try {
    const event: unknown = JSON.parse(data)
    const known = typeof event === 'object' && event !== null && 'kind' in event && kinds.includes(event.kind)
    return known ? (event as LiveEvent) : null
  } catch {
    return null
  }
}
