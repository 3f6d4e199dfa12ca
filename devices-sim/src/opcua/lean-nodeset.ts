import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * The part of the standard's nodes that a server needs to be one, from node-opcua's own set. The whole standard takes each
 * server 13 MB and 0.3 s of the processor; a machine's controller seldom has all of it either.
 */
export const leanNodeset = require.resolve('node-opcua-address-space/nodesets/mini.Nodeset2.xml')
