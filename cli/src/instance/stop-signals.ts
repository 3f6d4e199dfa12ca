/** Signals of one keystroke may reach us twice: from the terminal, and passed on by npm. */
const sameKeystrokeMs = 500

/** Resolves at the first SIGINT or SIGTERM; a second one, given later, ends the process at once. */
export function untilToldToStop(): Promise<undefined> {
  return new Promise((resolve) => {
    let firstMs: number | undefined
    const onSignal = (signal: NodeJS.Signals) => {
      const nowMs = performance.now()
      firstMs ??= nowMs
      if (nowMs - firstMs > sameKeystrokeMs) process.exit(signal === 'SIGINT' ? 130 : 143)
      resolve(undefined)
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
