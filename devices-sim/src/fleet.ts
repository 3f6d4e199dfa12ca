import type { PumpBuild } from './models/pump-laws.ts'
import type { ScrewCompressorBuild } from './models/screw-compressor-laws.ts'
import type { Command } from './models/model.ts'
import type { Climate } from './physics/ambient.ts'

/** How a site's machines reach the outside. OPC UA and Sparkplug B machines get their own kinds here. */
export type SiteLink =
  /** One TCP to RS-485 gateway for the site; each machine is a unit behind it. */
  | { kind: 'modbus-tcp' }
  /** The plant's own broker, to which machines publish and from which a gateway reads. */
  | { kind: 'plant-mqtt'; username: string; password: string }
  /** No gateway: the machine publishes to Fettle with credentials of its own. */
  | { kind: 'platform-mqtt' }

interface MachineBase {
  /** Serial number and key on every wire; never changes. */
  deviceKey: string
  /** What the machine does when the simulation begins. */
  initially: Command
}

export type MachineSpec =
  | (MachineBase & { model: 'AC75'; unitId: number; build: ScrewCompressorBuild })
  | (MachineBase & { model: 'P100'; build: PumpBuild })

export interface SiteSpec {
  key: string
  /** Customer and place, for people. */
  name: string
  climate: Climate
  link: SiteLink
  machines: readonly MachineSpec[]
}

const cleanCooler = 1.13

/** The demonstration's machines: no two of the same age, duty or tolerances. */
export const fleet: readonly SiteSpec[] = [
  {
    key: 'dingzhou-linqing',
    name: '鼎轴轴承 临清',
    climate: { meanC: 13.5, seasonalC: 13.5, dailyC: 4, roomRiseC: 2.5, roomFloorC: 17 },
    link: { kind: 'modbus-tcp' },
    machines: [
      {
        deviceKey: 'AC75-2403-0117',
        model: 'AC75',
        unitId: 1,
        initially: 'run',
        build: {
          // Base load for the grinding hall, round the clock; grinding dust has taken 7 K off its cooler.
          demandM3PerMin: 12.2,
          nightShare: 0.98,
          receiverM3: 5,
          loadAtMpa: 0.66,
          unloadAtMpa: 0.8,
          coolerKwPerK: 0.904,
          motorVibration: 1.95,
          airendVibration: 5.1,
          filterKpa: 2.1,
          separatorMpa: 0.029,
          currentFactor: 1.004,
          runHours: 18_412,
        },
      },
      {
        deviceKey: 'AC75-2309-0064',
        model: 'AC75',
        unitId: 2,
        initially: 'run',
        build: {
          demandM3PerMin: 10.4,
          nightShare: 0.95,
          receiverM3: 4,
          loadAtMpa: 0.66,
          unloadAtMpa: 0.78,
          coolerKwPerK: 1.04,
          motorVibration: 2.2,
          airendVibration: 5.6,
          filterKpa: 2.4,
          separatorMpa: 0.032,
          currentFactor: 0.996,
          runHours: 21_077,
        },
      },
    ],
  },
  {
    key: 'hongtuo-kunshan',
    name: '弘拓汽饰 昆山',
    climate: { meanC: 16.5, seasonalC: 12, dailyC: 3.5, roomRiseC: 2.5, roomFloorC: 17 },
    link: { kind: 'modbus-tcp' },
    machines: [
      {
        deviceKey: 'AC75-2206-0021',
        model: 'AC75',
        unitId: 1,
        initially: 'run',
        build: {
          demandM3PerMin: 11.3,
          nightShare: 0.9,
          receiverM3: 6,
          loadAtMpa: 0.67,
          unloadAtMpa: 0.79,
          coolerKwPerK: 1.07,
          motorVibration: 2.35,
          airendVibration: 6,
          filterKpa: 1.7,
          separatorMpa: 0.034,
          currentFactor: 1.003,
          runHours: 27_630,
        },
      },
    ],
  },
  {
    key: 'qipei-dongguan',
    name: '启沛五金 东莞',
    climate: { meanC: 23, seasonalC: 6.5, dailyC: 3, roomRiseC: 2.5, roomFloorC: 17 },
    link: { kind: 'modbus-tcp' },
    machines: [
      {
        deviceKey: 'AC75-2111-0143',
        model: 'AC75',
        unitId: 1,
        // The hardware shop has no orders this week.
        initially: 'stop',
        build: {
          demandM3PerMin: 9.9,
          nightShare: 0.92,
          receiverM3: 4,
          loadAtMpa: 0.65,
          unloadAtMpa: 0.79,
          coolerKwPerK: cleanCooler,
          motorVibration: 2.05,
          airendVibration: 6.2,
          filterKpa: 2.3,
          separatorMpa: 0.03,
          currentFactor: 0.99,
          runHours: 31_845,
        },
      },
    ],
  },
  {
    key: 'runchang-liaocheng',
    name: '润昌供水 聊城',
    climate: { meanC: 13.5, seasonalC: 12.5, dailyC: 2, roomRiseC: 0, roomFloorC: 15.5 },
    link: { kind: 'plant-mqtt', username: 'pumps', password: 'runchang-plant' },
    machines: [
      {
        deviceKey: 'P100-2208-0301',
        model: 'P100',
        initially: 'run',
        build: {
          demandM3PerH: 99,
          nightShare: 0.9,
          tankKpa: 37,
          vibration: 1.9,
          sealLeakMlPerH: 1.4,
          headFactor: 1.004,
          currentFactor: 1.0,
          bearingRiseK: 25,
          runHours: 24_310,
        },
      },
      {
        deviceKey: 'P100-2208-0302',
        model: 'P100',
        initially: 'run',
        build: {
          demandM3PerH: 96,
          nightShare: 0.92,
          tankKpa: 36,
          vibration: 2.1,
          sealLeakMlPerH: 2.3,
          headFactor: 0.994,
          currentFactor: 1.012,
          bearingRiseK: 27,
          runHours: 25_866,
        },
      },
      {
        deviceKey: 'P100-2208-0303',
        model: 'P100',
        // Standby of the group.
        initially: 'stop',
        build: {
          demandM3PerH: 97,
          nightShare: 0.91,
          tankKpa: 36.5,
          vibration: 1.8,
          sealLeakMlPerH: 1.1,
          headFactor: 0.999,
          currentFactor: 0.994,
          bearingRiseK: 26,
          runHours: 11_204,
        },
      },
    ],
  },
  {
    key: 'lanke-suzhou',
    name: '澜珂制药 苏州',
    climate: { meanC: 17, seasonalC: 11.5, dailyC: 2, roomRiseC: 1, roomFloorC: 19 },
    link: { kind: 'platform-mqtt' },
    machines: [
      {
        deviceKey: 'P100-2305-0412',
        model: 'P100',
        initially: 'run',
        build: {
          // Process water: hardly a difference between day and night.
          demandM3PerH: 93.5,
          nightShare: 0.985,
          tankKpa: 33,
          vibration: 1.75,
          sealLeakMlPerH: 0.8,
          headFactor: 1.006,
          currentFactor: 1.006,
          bearingRiseK: 24,
          runHours: 26_118,
        },
      },
    ],
  },
]
