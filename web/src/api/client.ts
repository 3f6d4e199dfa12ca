import { createClient } from '@fettle/contracts/client'

/** The typed client on our own origin; the session travels in its cookie. */
export const call = createClient({ fetch: (...request) => fetch(...request) })
