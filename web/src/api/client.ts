import { createClient } from '@fettle/contracts/client'
import { serverClock } from '../format/server-clock.ts'

/** The typed client on our own origin; the session travels in its cookie. Each answer tells what time it is. */
export const call = createClient({
  fetch: async (...request) => {
    const response = await fetch(...request)
    serverClock.follow(response.headers.get('date'))
    return response
  },
})
