import type { Position } from '@fettle/contracts/scalars'

const PATIENCE_MS = 5_000

/**
 * Where this device is (WGS-84), or null: refused, not known in time, no such sensor, or an insecure origin. A position
 * is a fact beside the check-in, never a condition for it.
 */
export async function currentPosition(): Promise<Position | null> {
  if (!('geolocation' in navigator)) return null
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    )
  })
}
