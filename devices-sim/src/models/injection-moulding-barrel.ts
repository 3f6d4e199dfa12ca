import { clamp, lag } from '../physics/lag.ts'
import type { Random } from '../physics/random.ts'
import {
  agedK,
  holdingDuty,
  looseK,
  setpointC,
  zoneEquilibrium,
  type InjectionMouldingBuild,
} from './injection-moulding-laws.ts'
import { coolingTauMs, minuteMs } from './model.ts'

/** Zone 3 of the barrel with its heaters, its thermocouple and the controller between them. */
export interface Barrel {
  zoneC: number
  /** What the thermocouple says; differs from the zone by its lag and by IM-02. */
  sensedC: number
  /** Melt in front of the screw has been in the zone for some shots. */
  meltC: number
  /** Share of full power that reaches the steel. */
  power: number
  /** The controller's integral part, and its output averaged as the screen shows it; 0 to 1. */
  integral: number
  duty: number
  /** A loose thermocouple's present contact, and how long until it changes. */
  contact: { lost: boolean; leftMs: number }
}

export interface BarrelSurroundings {
  ambientC: number
  heating: boolean
  /** Heat of the turning screw right now, K/min. */
  shearKPerMin: number
  /** The machine moves, so a loose contact does. */
  working: boolean
  burntOut: boolean
  /** Progress of IM-02, 0 to 1. */
  thermocouple: number
}

const gainPerK = 0.08
const resetMs = 6 * minuteMs
/** Outside this band the controller heats with all it has and learns nothing. */
const bandK = 12
const goodContact = { lost: false, leftMs: 0 }

export function coldBarrel(ambientC: number): Barrel {
  return { zoneC: ambientC, sensedC: ambientC, meltC: ambientC, power: 0, integral: 0, duty: 0, contact: goodContact }
}

/** A barrel that has been at its setpoint for hours, as its thermocouple understands that. */
export function hotBarrel(
  build: InjectionMouldingBuild,
  ambientC: number,
  working: boolean,
  thermocouple: number,
): Barrel {
  const zoneC = setpointC + steadyErrorK(build, thermocouple)
  const duty = holdingDuty(build, zoneC, ambientC, working)
  return { zoneC, sensedC: setpointC, meltC: zoneC, power: duty, integral: duty, duty, contact: goodContact }
}

/** Lets up to a few seconds pass; longer steps would be too coarse for the controller. */
export function stepBarrel(
  build: InjectionMouldingBuild,
  before: Barrel,
  to: BarrelSurroundings,
  random: Random,
  dtMs: number,
): Barrel {
  const { ambientC, heating } = to
  const heat = build.heaterKPerMin * before.power + to.shearKPerMin
  const zoneC = lag(before.zoneC, zoneEquilibrium(ambientC, heat), coolingTauMs, dtMs)

  const contact = nextContact(build, before.contact, to, random, dtMs)
  const lostK = steadyErrorK(build, to.thermocouple) + (contact.lost ? looseK * to.thermocouple : 0)
  // A bad contact takes its share of the difference to the room, so it shows nothing on a cold barrel.
  const errorK = (lostK * (zoneC - ambientC)) / (setpointC - ambientC)
  const sensedC = lag(before.sensedC, zoneC - errorK, 20_000, dtMs)

  const missingK = setpointC - sensedC
  const wanted = gainPerK * missingK + before.integral
  const output = heating ? clamp(wanted, 0, 1) : 0
  // What full power cannot mend must not be learnt, or the zone would overshoot after heating up.
  const learns = heating && Math.abs(missingK) < bandK && !(wanted > 1 && missingK > 0)
  return {
    zoneC,
    sensedC,
    meltC: lag(before.meltC, zoneC, 2 * minuteMs, dtMs),
    power: lag(before.power, to.burntOut ? 0 : output, heating ? 25_000 : 5_000, dtMs),
    integral: heating
      ? clamp(before.integral + (learns ? gainPerK * missingK * (dtMs / resetMs) : 0), 0, 1)
      : holdingDuty(build, setpointC, ambientC, false),
    duty: heating ? lag(before.duty, output, 20_000, dtMs) : 0,
    contact,
  }
}

function steadyErrorK({ thermocouple }: InjectionMouldingBuild, drifted: number): number {
  return thermocouple === 'screwed' && drifted >= 0.5 ? agedK : 0
}

/** Vibration opens and closes a loose contact at irregular times; a machine at rest leaves it as it is. */
function nextContact(
  { thermocouple }: InjectionMouldingBuild,
  { lost, leftMs }: Barrel['contact'],
  { thermocouple: drifted, working }: BarrelSurroundings,
  random: Random,
  dtMs: number,
): Barrel['contact'] {
  if (thermocouple !== 'bayonet' || drifted === 0) return goodContact
  if (!working) return { lost, leftMs }
  if (leftMs > dtMs) return { lost, leftMs: leftMs - dtMs }
  return { lost: !lost, leftMs: (45 + 75 * random.next()) * 1000 }
}
