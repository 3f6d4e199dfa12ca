import type { SiteSpec } from './spec.ts'

export const xiangyue: SiteSpec = {
  key: 'xiangyue-ningbo',
  name: '象岳模塑 宁波',
  climate: { meanC: 17.5, seasonalC: 11, dailyC: 3, roomRiseC: 2.5, roomFloorC: 17 },
  groups: [
    {
      link: { kind: 'opcua', username: 'fettle', password: 'xiangyue-line' },
      machines: [
        {
          deviceKey: 'IM280-2110-0006',
          model: 'IM280',
          initially: 'run',
          build: {
            cycleS: 31.98,
            peakMpa: 101,
            cushionMm: 6.04,
            holdingRpm: 157,
            imbalancePct: 1.9,
            heaterKPerMin: 7.18,
            shearKPerMin: 2.15,
            coolerKwPerK: 0.6,
            coolingWaterC: 25.6,
            thermocouple: 'screwed',
            runHours: 29_047,
          },
        },
        {
          deviceKey: 'VMC850-2209-0044',
          model: 'VMC850',
          initially: 'run',
          build: {
            program: 'mouldInsert',
            loadingS: 51,
            loadFactor: 1.03,
            vibration: 0.81,
            spindleRiseK: 14.6,
            airMpa: 0.6,
            lubricationMpa: 1.75,
            lubricationMinutes: 16,
            unclampS: 0.8,
            backlashUm: 3.8,
            zHoldPct: 28.9,
            runHours: 18_530,
          },
        },
      ],
    },
  ],
}
