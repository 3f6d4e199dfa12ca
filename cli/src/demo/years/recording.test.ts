import { alarmCauses, falseAlarmCauses } from '@fettle/provisioning/demo/years/alarm-causes'
import { expect, it } from 'vitest'
import { connectedMachines } from './known-machines.ts'
import { recordAlarm, ruleOf } from './recording.ts'

const raisedMs = Date.parse('2026-06-18T02:20:00Z')

it.each([...alarmCauses, ...falseAlarmCauses])(
  '$ruleKey is raised by $failureModeKey on every machine of its model',
  (cause) => {
    const rule = ruleOf(cause.ruleKey)
    const machines = connectedMachines().filter(({ asset }) => asset.modelKey === rule.modelKey)
    for (const { asset } of machines) {
      const recording = recordAlarm({ ...cause, assetKey: asset.key, raisedMs })
      const { times, values, level, limit, value, peakValue, usualValue } = recording
      const shown = values.get(rule.definition.signalKey)!
      expect(times).toHaveLength(shown.length)
      expect(times).toContain(raisedMs)
      expect(shown[times.indexOf(raisedMs)]).toBe(value)
      const side = level.startsWith('high') ? 1 : -1
      expect((value - limit) * side).toBeGreaterThanOrEqual(0)
      expect((peakValue - value) * side).toBeGreaterThanOrEqual(0)
      if (cause.failureModeKey === null) expect((usualValue - limit) * side).toBeLessThan(0)
    }
  },
)
