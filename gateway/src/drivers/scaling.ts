/** value = raw × scale + offset */
export interface Scale {
  scale: number
  offset: number
}

/** 3 × 0.1 is 0.30000000000000004, but 3 / 10 is 0.3: a scale of one over a whole number divides. */
export function compileScaling({ scale, offset }: Scale): (raw: number) => number {
  if (scale === 1 && offset === 0) return (raw) => raw
  const divisor = 1 / scale
  return scale !== 1 && Number.isInteger(divisor) ? (raw) => raw / divisor + offset : (raw) => raw * scale + offset
}
