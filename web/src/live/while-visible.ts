/** The part of `document` that is used; tests pass their own. */
interface PageLike {
  readonly visibilityState: DocumentVisibilityState
  addEventListener(name: 'visibilitychange', listener: () => void): void
  removeEventListener(name: 'visibilitychange', listener: () => void): void
}

interface VisibleOptions {
  readonly page?: PageLike
  readonly wait?: (run: () => void, delayMs: number) => () => void
}

/** A look at another tab is no reason to begin anew. */
const LINGER_MS = 30_000

/**
 * Keeps something going while the page is in view and a little longer: `start` begins it and returns how it ends. A
 * browser gives one server six connections over HTTP/1.1, so the streams of a desk's forgotten tabs would starve the one
 * that is looked at. Returns the end of it all.
 */
export function whileVisible(start: () => () => void, { page = document, wait = after }: VisibleOptions = {}) {
  let stop: (() => void) | undefined
  let cancelEnd = () => {}

  function follow() {
    cancelEnd()
    cancelEnd = () => {}
    if (page.visibilityState === 'visible') stop ??= start()
    else if (stop) cancelEnd = wait(end, LINGER_MS)
  }
  function end() {
    stop?.()
    stop = undefined
  }

  page.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    page.removeEventListener('visibilitychange', follow)
    cancelEnd()
    end()
  }
}

function after(run: () => void, delayMs: number) {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}
