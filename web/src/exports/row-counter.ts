const quote = 0x22
const lineFeed = 0x0a

/**
 * Counts the records of a CSV file as its bytes arrive, in pieces of any size. A line end within quotes belongs to a field.
 * The bytes of these two characters stand for nothing else in UTF-8.
 */
export function createRowCounter() {
  let records = 0
  let quoted = false
  return {
    take(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (byte === quote) quoted = !quoted
        else if (byte === lineFeed && !quoted) records += 1
      }
    },
    /** Without the head. */
    rows: () => Math.max(0, records - 1),
  }
}
