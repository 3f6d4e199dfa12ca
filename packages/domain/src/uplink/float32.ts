/**
 * 71.2 sent as a float of 32 bits reads back as 71.19999694824219: answers the shortest decimal that is the same float,
 * so that nobody sees digits that no sensor measured. NaN and infinities stay what they are.
 */
export function shortestFloat32(float32: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(float32.toPrecision(digits))
    if (Math.fround(decimal) === float32) return decimal
  }
  return float32
}
