import { getAsset } from '@fettle/contracts/assets'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { reading } from '../../../api/query.ts'
import { useStateWord } from '../../trend/use-state-word.ts'

/**
 * By the key of a signal, what its codes are called: words for the machine's run state, undefined for what is measured.
 * Until the machine's file is there no signal is known to tell states.
 */
export function useStateWords(assetId: string): (signalKey: string) => ((code: number) => string) | undefined {
  const stateWord = useStateWord()
  const { data } = useQuery(reading(getAsset, { params: { assetId } }))
  const runStateKey = data?.runStateKey
  return useCallback((signalKey) => (signalKey === runStateKey ? stateWord : undefined), [runStateKey, stateWord])
}
