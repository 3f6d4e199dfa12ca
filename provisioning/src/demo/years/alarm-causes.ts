import { story, type FaultStory } from './fault-story.ts'

/** Why a connected machine raised an alarm. */
export interface AlarmCause {
  /** What it broke of; null where only a sensor told so. */
  readonly failureModeKey: string | null
  readonly ruleKey: string
  /** Against the other causes of its model. */
  readonly weight: number
}

const cause = (ruleKey: string, failureModeKey: string | null, weight = 1): AlarmCause => ({
  ruleKey,
  failureModeKey,
  weight,
})

export const alarmCauses: readonly AlarmCause[] = [
  cause('AC75.discharge-pressure.low', 'AC-05', 2),
  cause('IM280.zone3-temperature.low', 'IM-01', 3),
  cause('IM280.cushion', 'IM-03', 2),
  cause('IM280.holding-pump-speed', 'IM-05'),
  cause('VMC850.air-pressure', 'VMC-03', 3),
  cause('VMC850.lubrication-pulse', 'VMC-05', 3),
  cause('VMC850.unclamp-time', 'VMC-02'),
  cause('CH1000.condensing-pressure', 'CH-05', 2),
  cause('CH1000.oil-dp', 'CH-04'),
  cause('P100.inlet-pressure', 'P-03', 3),
  cause('P100.seal-leak', 'P-02', 2),
]

/** A sensor that jumped: the machine was well. */
export const falseAlarmCauses: readonly AlarmCause[] = [
  cause('IM280.zone3-temperature.low', null),
  cause('VMC850.air-pressure', null),
  cause('CH1000.oil-dp', null),
  cause('P100.inlet-pressure', null),
]

/** How such a jump is told, under the failure mode that the rule suspected. */
export const falseAlarmStory = (suspectedModeKey: string): FaultStory =>
  story(
    suspectedModeKey,
    ['读数突变报警'],
    ['传感器接头松动，读数瞬时跳变，与现场表计不符', '屏蔽线接地不良，变频器启动时读数跳变'],
    ['紧固接头并重做屏蔽接地，与现场表计比对偏差在允许范围内', '更换航空插头，观察 {30..60} 分钟读数平稳'],
  )
