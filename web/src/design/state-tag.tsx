import {
  CheckCircleOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  PauseCircleOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  StopOutlined,
  ToolOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import type { AlarmLevel } from '@fettle/contracts/alarms'
import type { AssetState } from '@fettle/contracts/assets'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './state-tag.module.css'
import type { Tone } from './theme.ts'

const icons: Record<Tone, ComponentType> = {
  critical: ExclamationCircleOutlined,
  warning: WarningOutlined,
  ok: CheckCircleOutlined,
  unknown: QuestionCircleOutlined,
  offline: DisconnectOutlined,
  maintenance: ToolOutlined,
}

interface StateTagProps {
  readonly tone: Tone
  /** The word; a state is never a colour alone. Without it, the name of the tone. */
  readonly children?: ReactNode
  /** Where the tone's own icon would say the wrong thing. */
  readonly icon?: ComponentType
  /** Text and icon without ground, for dense rows. */
  readonly plain?: boolean
}

/** A state with its colour, icon and word: the same everywhere. */
export function StateTag({ tone, children, icon, plain = false }: StateTagProps) {
  const { t } = useTranslation()
  const Icon = icon ?? icons[tone]
  return (
    <span className={styles['tag']} data-tone={tone} data-plain={plain || undefined}>
      <Icon aria-hidden="true" />
      <span>{children ?? t(`tone.${tone}`)}</span>
    </span>
  )
}

const toneOfState: Record<AssetState, Tone> = {
  running: 'ok',
  idle: 'ok',
  stopped: 'unknown',
  tripped: 'critical',
  offline: 'offline',
  maintenance: 'maintenance',
  unknown: 'unknown',
}

const iconOfState: Partial<Record<AssetState, ComponentType>> = {
  running: PlayCircleOutlined,
  idle: PauseCircleOutlined,
  stopped: StopOutlined,
}

export function AssetStateTag({ state, plain = false }: { readonly state: AssetState; readonly plain?: boolean }) {
  const { t } = useTranslation()
  const icon = iconOfState[state]
  return (
    <StateTag tone={toneOfState[state]} plain={plain} {...(icon ? { icon } : {})}>
      {t(`assetState.${state}`)}
    </StateTag>
  )
}

/** The outer limits are critical, the inner ones a warning. */
export const toneOfAlarm = (level: AlarmLevel): Tone =>
  level === 'high-high' || level === 'low-low' ? 'critical' : 'warning'

export function AlarmLevelTag({ level, plain = false }: { readonly level: AlarmLevel; readonly plain?: boolean }) {
  const { t } = useTranslation()
  return (
    <StateTag tone={toneOfAlarm(level)} plain={plain}>
      {t(`alarmLevel.${level}`)}
    </StateTag>
  )
}
