/** What an `<input type="datetime-local">` holds (`2026-11-22T14:30`), in the viewer's zone; to the minute. */
export function toLocalInput(epochMs: number): string {
  const date = new Date(epochMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Epoch ms of what such a field holds; null while it is incomplete. */
export function fromLocalInput(text: string): number | null {
  const epochMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(epochMs) ? null : epochMs
}

const HALF_HOUR = 30 * 60_000

/** The next full half hour at or after a moment. */
export function nextHalfHour(epochMs: number): number {
  return Math.ceil(epochMs / HALF_HOUR) * HALF_HOUR
}
