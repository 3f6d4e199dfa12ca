/** What `sim --help` says of the faults, by kind of machine; a test holds it against the catalogue. */
export const faultNames: Readonly<Record<string, readonly string[]>> = {
  AC: [
    'Cooling fan failure',
    'Oil separator clogged',
    'Cooler fouled with dust',
    'Airend bearing wear',
    'Inlet valve sticking',
    'Air filter clogged',
  ],
  IM: [
    'Heater band open',
    'Thermocouple drifting',
    'Check ring worn',
    'Oil cooler scaled',
    'Pump leaking internally',
    'Clamping uneven',
  ],
  VMC: [
    'Spindle bearings worn',
    'Drawbar force too low',
    'Air pressure low',
    'Ball screw support worn',
    'Lubrication failed',
  ],
  CH: [
    'Condenser scaled',
    'Refrigerant leaking',
    'Chilled water flow low',
    'Oil differential pressure low',
    'Cooling tower fan stopped',
    'Sensor frozen',
  ],
  P: [
    'Bearing wear',
    'Mechanical seal leaking',
    'Cavitation',
    'Shaft misaligned',
    'Impeller and wear rings worn',
    'Running dry',
  ],
}

const kinds: Readonly<Record<string, string>> = {
  AC: 'Compressors',
  IM: 'Moulding machines',
  VMC: 'Machining centres',
  CH: 'Chillers',
  P: 'Pumps',
}

/** `AC-01` for the first fault of a compressor. */
export const faultKey = (family: string, place: number) => `${family}-${String(place + 1).padStart(2, '0')}`

/** Every fault with its name, one a line. */
export function faultsHelp(): string {
  const parts = Object.entries(faultNames).map(([family, names]) =>
    [`${kinds[family]}:`, ...names.map((name, place) => `  ${faultKey(family, place).padEnd(8)}${name}`)].join('\n'),
  )
  return `\nFaults\n\n${parts.join('\n\n')}\n\nEvery machine:\n  stuck-sensor, lost-communication`
}
