import type { ChillerBuild } from '../src/models/chiller-laws.ts'
import { chiller } from '../src/models/chiller.ts'
import { modelLife, type ModelLife, type ModelLifeOptions } from './model-life.ts'

export const first: ChillerBuild = {
  processKw: 680,
  nightShare: 0.94,
  freshAirKwPerK: 15,
  setPointC: 7,
  flowM3PerH: 172,
  evaporatorApproachK: 1.75,
  condenserApproachK: 1.5,
  towerSetC: 32.6,
  towerEffectiveness: 0.58,
  oilDpKpa: 352,
  dischargeRiseK: 21.5,
  currentFactor: 1.003,
  weakSensor: 'condensing_pressure',
  runHours: 31_204,
}
const second: ChillerBuild = {
  ...first,
  processKw: 640,
  freshAirKwPerK: 17.5,
  evaporatorApproachK: 1.9,
  condenserApproachK: 1.65,
  towerEffectiveness: 0.57,
  oilDpKpa: 338,
  currentFactor: 0.994,
  weakSensor: 'evaporating_pressure',
}
/** Two machines of one plant, with what to call them. */
export const builds = [
  ['a chiller', first],
  ['its neighbour', second],
] as const

export const born = (build: ChillerBuild = first, options: ModelLifeOptions = {}): ModelLife =>
  modelLife(chiller, build, options)
