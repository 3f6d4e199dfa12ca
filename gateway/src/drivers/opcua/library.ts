/** The library as a value. It is CommonJS: most of its names can only be had from its default export. */
export type OpcuaLibrary = typeof import('node-opcua-client')

let loading: Promise<OpcuaLibrary> | undefined

/**
 * Loads node-opcua when the first source of this kind runs: half a second and 70 MB that a gateway without one need not
 * spend. What the library would print is dropped, for a driver does not log; all that matters comes back as an error.
 */
export function loadLibrary(): Promise<OpcuaLibrary> {
  loading ??= import('node-opcua-client').then(({ default: library }) => {
    library.setWarningLogger(() => {})
    library.setErrorLogger(() => {})
    return library
  })
  return loading
}
