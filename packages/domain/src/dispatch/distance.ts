import type { Position } from '@fettle/contracts/scalars'

const earthRadiusKm = 6_371
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Roads are longer than the straight line; measured on Chinese trunk roads it is about a third. */
const roadFactor = 1.3
/** Out of town and into it again at town speed, the rest on trunk roads and motorways. */
const townKm = 20
const townKmPerHour = 45
const trunkKmPerHour = 80

/** Great-circle distance of two WGS-84 positions in km (haversine). */
export function straightKm(a: Position, b: Position): number {
  const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)]
  const across = Math.sin((latitudeB - latitudeA) / 2) ** 2
  const along = Math.cos(latitudeA) * Math.cos(latitudeB) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, across + along)))
}

/** An estimate of the way by road in km, without a map. */
export function roadKm(a: Position, b: Position): number {
  return straightKm(a, b) * roadFactor
}

/** Hours at the wheel for a way of `km`. */
export function drivingHours(km: number): number {
  const town = Math.min(km, townKm)
  return town / townKmPerHour + (km - town) / trunkKmPerHour
}
