import type { X509Certificate } from 'node:crypto'

/** A certificate that a connection rests on, and what is to be done when it expires. */
export interface DatedCertificate {
  /** E.g. `the server's certificate 3f5e…`. */
  name: string
  certificate: X509Certificate
  remedy: string
}

const dayMs = 86_400_000
/** Long enough for somebody to come by. */
const warnedDays = 30

/** One sentence for each that has expired or soon will. `nowMs` is our own clock's. */
export function expiryWarnings(certificates: readonly DatedCertificate[], nowMs: number): string[] {
  return certificates.flatMap(({ name, certificate, remedy }) => {
    const daysLeft = Math.floor((Date.parse(certificate.validTo) - nowMs) / dayMs)
    if (daysLeft >= warnedDays) return []
    const when = daysLeft < 0 ? 'expired' : `expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`
    return [`${name} ${when}, on ${certificate.validTo}: ${remedy}`]
  })
}
