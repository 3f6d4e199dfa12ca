import type { SiteSpec } from './spec.ts'

export const hongtuo: SiteSpec = {
  key: 'hongtuo-kunshan',
  name: '弘拓汽饰 昆山',
  climate: { meanC: 16.5, seasonalC: 12, dailyC: 3.5, roomRiseC: 2.5, roomFloorC: 17 },
  groups: [
    {
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
      link: { kind: 'opcua', username: 'fettle', password: 'hongtuo-line' },
      machines: [
        {
          deviceKey: 'IM280-2203-0012',
          model: 'IM280',
          initially: 'run',
          build: {
            cycleS: 32.05,
            peakMpa: 103,
            cushionMm: 6.02,
            holdingRpm: 148,
            imbalancePct: 1.8,
            heaterKPerMin: 7.2,
            shearKPerMin: 2.1,
            coolerKwPerK: 0.61,
            coolingWaterC: 25.2,
            thermocouple: 'screwed',
            runHours: 24_936,
          },
        },
        {
          deviceKey: 'IM280-2203-0015',
          model: 'IM280',
          initially: 'run',
          build: {
            cycleS: 31.94,
            peakMpa: 99.5,
            cushionMm: 5.97,
            holdingRpm: 141,
            imbalancePct: 1.5,
            heaterKPerMin: 7.25,
            shearKPerMin: 2.05,
            coolerKwPerK: 0.63,
            coolingWaterC: 25.2,
            thermocouple: 'bayonet',
            runHours: 25_318,
          },
        },
      ],
    },
  ],
}
