/** A UUIDv4. `crypto.randomUUID` exists only on secure origins; a plant's http address in a LAN is none. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * Idempotency keys of one form. Equal requests share a key until one of them got its answer: pressing again after a
 * lost connection repeats the question, pressing again after an answer is a new wish.
 */
export function createSubmitKeys(newKey: () => string = randomUuid) {
  const open = new Map<string, string>()
  return {
    keyOf(request: unknown): string {
      const name = JSON.stringify(request)
      const known = open.get(name)
      if (known) return known
      const key = newKey()
      open.set(name, key)
      return key
    },
    settle(request: unknown) {
      open.delete(JSON.stringify(request))
    },
  }
}
