import { getAsset } from '@fettle/contracts/assets'
import { stateOfRunCode } from '@fettle/domain/assets/state'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'

/**
 * By the key of a signal, what its codes are called: words for the machine's run state, undefined for what is measured.
 * Until the machine's file is there no signal is known to tell states.
 */
export function useStateWords(assetId: string): (signalKey: string) => ((code: number) => string) | undefined {
  const { t } = useTranslation('common')
  const { data } = useQuery(reading(getAsset, { params: { assetId } }))
  const runStateKey = data?.runStateKey
  return useCallback(
    (signalKey) => {
      if (signalKey !== runStateKey) return undefined
      return (code) => {
        const state = stateOfRunCode(code)
        return state ? t(`assetState.${state}`) : String(code)
      }
    },
    [runStateKey, t],
  )
}
