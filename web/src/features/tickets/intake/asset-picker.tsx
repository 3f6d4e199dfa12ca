import { getAsset, listAssets, type AssetSummary } from '@fettle/contracts/assets'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../../../api/query.ts'
import { AssetStateTag } from '../../../design/state-tag.tsx'
import styles from './asset-picker.module.css'

interface AssetPickerProps {
  /** From the form: the label's `for` and the chosen asset's id. */
  readonly id?: string
  readonly value?: string
  readonly onChange?: (assetId: string) => void
}

/** Finds one machine among thousands: by name, key, serial number or customer. A control of a form. */
export function AssetPicker({ id, value, onChange }: AssetPickerProps) {
  const { t } = useTranslation('tickets')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    ...reading(listAssets, { querystring: { limit: 20, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  })
  const chosen = useQuery({ ...reading(getAsset, { params: { assetId: value ?? '' } }), enabled: value !== undefined })
  const items: AssetSummary[] = [...(found.data?.items ?? [])]
  if (chosen.data && !items.some((asset) => asset.id === chosen.data.id)) items.unshift(chosen.data)

  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('intake.assetPlaceholder')}
      notFoundContent={found.isPending ? <Spin size="small" /> : t(q ? 'intake.assetNone' : 'intake.assetHint')}
      onChange={(assetId: string) => onChange?.(assetId)}
      options={items.map((asset) => ({ value: asset.id, label: `${asset.name} · ${asset.key}`, asset }))}
      optionRender={({ data: { asset } }) => (
        <span className={styles['option']}>
          <span>
            <strong>{asset.name}</strong> <span className="muted">{asset.key}</span>
          </span>
          <span className={styles['about']}>
            {asset.customerName} · {asset.siteName}
            <AssetStateTag state={asset.state} plain />
          </span>
        </span>
      )}
    />
  )
}
