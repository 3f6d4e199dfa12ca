import type { SiteSpec } from './spec.ts'

export const runchang: SiteSpec = {
  key: 'runchang-liaocheng',
  name: '润昌供水 聊城',
  climate: { meanC: 13.5, seasonalC: 12.5, dailyC: 2, roomRiseC: 0, roomFloorC: 15.5 },
  groups: [
    {
      link: {
        kind: 'sparkplug',
        username: 'pumps',
        password: 'runchang-plant',
        group: 'Runchang',
        edgeNode: 'pumphouse',
      },
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
          initially: 'idle',
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
  ],
}
