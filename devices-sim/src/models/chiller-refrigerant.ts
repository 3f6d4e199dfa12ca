/** R134a in saturation: gauge pressure in kPa over one atmosphere, temperature in °C. */
const criticalK = 374.18
const criticalKpa = 4056.29
const atmosphereKpa = 101.325
const zeroC = 273.15

/**
 * Gauge pressure in kPa at which R134a boils at `celsius`: Tillner-Roth and Baehr's ancillary equation (J. Phys. Chem. Ref.
 * Data 23, 1994), good to 0.1 % between −70 and 100 °C. −2 °C is 171 kPa, 48 °C is 1,151 kPa.
 */
export function saturationKpa(celsius: number): number {
  const kelvin = celsius + zeroC
  const x = 1 - kelvin / criticalK
  const exponent = -7.686556 * x + 2.311791 * x ** 1.5 - 2.039554 * x ** 2 - 3.583758 * x ** 4
  return criticalKpa * Math.exp((criticalK / kelvin) * exponent) - atmosphereKpa
}

/** The temperature in °C at which R134a boils under a gauge pressure in kPa: the inverse, by Newton's method on ln p. */
export function saturationC(kpa: number): number {
  const absoluteKpa = Math.max(20, kpa + atmosphereKpa)
  const clausiusClapeyron = (logKpa: number) => 2_700 / (2_700 / 273.15 - (logKpa - Math.log(292.8))) - zeroC
  let celsius = clausiusClapeyron(Math.log(absoluteKpa))
  for (let i = 0; i < 4; i++) {
    const here = saturationKpa(celsius) + atmosphereKpa
    const slope = Math.log((saturationKpa(celsius + 0.01) + atmosphereKpa) / here) / 0.01
    celsius += Math.log(absoluteKpa / here) / slope
  }
  return celsius
}
