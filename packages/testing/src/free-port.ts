import { freeLoopbackPort } from '@fettle/db/embedded/free-loopback-port'

/** A TCP port of 127.0.0.1 that is free now. Prefer port 0 where a server can tell its port afterwards. */
export function freePort(): Promise<number> {
  return freeLoopbackPort()
}
