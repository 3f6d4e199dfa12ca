import { InvalidArgumentError } from 'commander'

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** A length of time as people write it on the command line, such as `90s`, `10m`, `1.5h` or `7d`, in milliseconds. */
export function parseDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? []
  const ms = Number(amount) * unitsMs[unit as keyof typeof unitsMs]
  if (!(ms > 0)) throw new InvalidArgumentError('Give a time above zero such as 90s, 10m, 1.5h or 7d.')
  return ms
}
