const KEY = 'fettle.reloaded-at'
/** Two failures within this time are no new version but something worse. */
const ONCE_PER_MS = 60_000

/**
 * After an upgrade the chunks that this page knows are gone: the page loads itself anew, once, instead of failing at the
 * next click. Only while the server answers: a reload without it would leave the browser's error page in place of what
 * is open. The failed import then comes to the error boundary of its route.
 */
export function reloadWhenOutdated() {
  window.addEventListener('vite:preloadError', (event) => {
    // Left to itself the router would reload at once.
    event.preventDefault()
    void reloadOnce()
  })
}

async function reloadOnce() {
  const last = Number(sessionStorage.getItem(KEY) ?? 0)
  if (Date.now() - last < ONCE_PER_MS) return
  if (await serverAnswers()) {
    sessionStorage.setItem(KEY, String(Date.now()))
    window.location.reload()
  }
}

/** Loads the page anew, unless the browser would find nobody there. */
export async function reloadIfServed() {
  if (await serverAnswers()) window.location.reload()
}

const serverAnswers = () =>
  fetch('/readyz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
