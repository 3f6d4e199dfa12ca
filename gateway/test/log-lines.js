import { createLogger } from '@fettle/platform/logging'
/** A logger whose lines a test can count. */
export function captureLog() {
  const lines = []
  const destination = { write: (line) => void lines.push(JSON.parse(line)) }
  const logger = createLogger({ name: 'test', level: 'info', pretty: false, destination })
  return { logger, lines, messages: () => lines.map(({ msg }) => msg) }
}
//# sourceMappingURL=log-lines.js.map
