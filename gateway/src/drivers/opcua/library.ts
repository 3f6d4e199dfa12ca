import library from 'node-opcua-client'

/**
 * node-opcua as a value: it is CommonJS, and most of its names can only be had from its default export. Loading it takes
 * half a second and 70 MB, so only what a running source needs imports this file (see `driver.ts`).
 *
 * What it would print is dropped, for a driver does not log; all that matters comes back as an error.
 */
library.setWarningLogger(() => {})
library.setErrorLogger(() => {})

export { library }
