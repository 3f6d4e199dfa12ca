const KEY = 'fettle.reloaded-at'
/** Two failures within this time are no new version but something worse. */
const ONCE_PER_MS = 60_000

/**
 * After an upgrade the chunks that this page knows are gone: the page loads itself anew, once, instead of failing at the
 * next click.
 */
export function reloadWhenOutdated() {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0)
    if (Date.now() - last < ONCE_PER_MS) return
    event.preventDefault()
    sessionStorage.setItem(KEY, String(Date.now()))
    window.location.reload()
  })
}
