import { minuteMs } from '../models/model.ts'
import type { SiteSpec } from './spec.ts'

export const lanke: SiteSpec = {
  key: 'lanke-suzhou',
  name: '澜珂制药 苏州',
  climate: { meanC: 17, seasonalC: 11.5, dailyC: 2, roomRiseC: 1, roomFloorC: 19 },
  groups: [
    {
      link: {
        kind: 'sparkplug',
        username: 'utilities',
        password: 'lanke-plant',
        group: 'Lanke',
        edgeNode: 'utilities',
      },
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
    {
      link: { kind: 'platform-mqtt', everyMs: 5_000 },
      machines: [
        {
          deviceKey: 'CH1000-2108-0007',
          model: 'CH1000',
          initially: 'run',
          build: {
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
          },
        },
        {
          deviceKey: 'CH1000-2108-0009',
          model: 'CH1000',
          initially: 'run',
          // Its 4G router lost the network; it finds it again while the demonstration runs.
          outage: { sinceMs: 47 * minuteMs, endsAfterMs: 12 * minuteMs },
          build: {
            processKw: 640,
            nightShare: 0.93,
            freshAirKwPerK: 17.5,
            setPointC: 7,
            flowM3PerH: 170,
            evaporatorApproachK: 1.9,
            condenserApproachK: 1.65,
            towerSetC: 32.4,
            towerEffectiveness: 0.57,
            oilDpKpa: 338,
            dischargeRiseK: 22,
            currentFactor: 0.994,
            weakSensor: 'evaporating_pressure',
            runHours: 30_418,
          },
        },
      ],
    },
  ],
}
