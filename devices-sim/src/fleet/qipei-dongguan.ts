import type { SiteSpec } from './spec.ts'

const cleanCooler = 1.13

export const qipei: SiteSpec = {
  key: 'qipei-dongguan',
  name: '启沛五金 东莞',
  climate: { meanC: 23, seasonalC: 6.5, dailyC: 3, roomRiseC: 2.5, roomFloorC: 17 },
  groups: [
    {
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
      link: { kind: 'opcua', username: 'fettle', password: 'qipei-line' },
      machines: [
        {
          deviceKey: 'IM280-2006-0003',
          model: 'IM280',
          // Switched off: it is in maintenance.
          initially: 'stop',
          build: {
            cycleS: 32.1,
            peakMpa: 105,
            cushionMm: 5.96,
            holdingRpm: 162,
            imbalancePct: 2.1,
            heaterKPerMin: 7.12,
            shearKPerMin: 2.02,
            coolerKwPerK: 0.59,
            coolingWaterC: 25.8,
            thermocouple: 'bayonet',
            runHours: 38_760,
          },
        },
      ],
    },
  ],
}
