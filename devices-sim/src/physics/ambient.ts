import { clamp } from './lag.ts'
import { seededRandom, seedFor } from './random.ts'

/** The climate of a place and of the room that a machine stands in; all temperatures in °C. */
export interface Climate {
  /** Mean over the year, outdoors. */
  meanC: number
  /** Half the difference between the July and January means. */
  seasonalC: number
  /** Half the difference between the warmest and coldest hour of a clear day. */
  dailyC: number
  /** How much warmer the room is than the air outside. */
  roomRiseC: number
  /** Louvres or heating keep the room from getting colder than this. */
  roomFloorC: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** All sites are in China, which has one zone and no summer time. */
const zoneMs = 8 * hourMs

/** Hour of the day at the machine, 0 to 24, with its fraction. */
export function localHour(at: number): number {
  return ((((at + zoneMs) % dayMs) + dayMs) % dayMs) / hourMs
}

/**
 * Room temperature at `at` (epoch ms). A pure function of seed, place and time: every machine of a site feels the same
 * weather. The warmest hour is 15:00, the warmest days are around 20 July.
 */
export function ambientTemperature(climate: Climate, seed: number, place: string, at: number): number {
  const days = (at + zoneMs) / dayMs
  const season = Math.cos((2 * Math.PI * (days - 200)) / 365.2425)
  const dayTime = Math.cos((2 * Math.PI * (localHour(at) - 15)) / 24)
  const outdoors = climate.meanC + climate.seasonalC * season + climate.dailyC * dayTime + weather(seed, place, days)
  return Math.max(climate.roomFloorC + 0.04 * outdoors, outdoors + climate.roomRiseC)
}

/** Warm and cold spells: one deviation a day (σ 1.5 K, at most 3 K), eased from noon to noon. */
function weather(seed: number, place: string, days: number): number {
  const day = Math.floor(days)
  const x = days - day
  const eased = x * x * (3 - 2 * x)
  return deviation(seed, place, day) * (1 - eased) + deviation(seed, place, day + 1) * eased
}

function deviation(seed: number, place: string, day: number): number {
  return clamp(1.5 * seededRandom(seedFor(seed, `${place}/${day}`)).gaussian(), -3, 3)
}
