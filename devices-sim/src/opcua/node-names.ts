export const machinesNamespace = 'urn:woheng:machines'

/** The string identifier of a signal's variable. */
export function nodeName(deviceKey: string, signalKey: string): string {
  return `${deviceKey}.${signalKey}`
}

/** As whoever connects writes it, whatever index the server gives the namespace. */
export function nodeIdOf(deviceKey: string, signalKey: string): string {
  return `nsu=${machinesNamespace};s=${nodeName(deviceKey, signalKey)}`
}
