import { stateOfRunCode } from '@fettle/domain/assets/state'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** What a code of a machine's run state is called; a code that there is none of is said as it is. */
export function useStateWord(): (code: number) => string {
  const { t } = useTranslation('common')
  return useCallback(
    (code) => {
      const state = stateOfRunCode(code)
      return state ? t(`assetState.${state}`) : String(code)
    },
    [t],
  )
}
