import { listAssets } from '@fettle/contracts/assets'
import { listCustomers } from '@fettle/contracts/customers'
import { listParts } from '@fettle/contracts/parts'
import { listTickets } from '@fettle/contracts/tickets'
import { stateName } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { linkOptions, type LinkOptions } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reading } from '../api/query.ts'
import { useMay } from '../api/session.ts'
import { decimal } from '../format/number.ts'
import { useText } from '../i18n/use-text.ts'
import { navigationFor } from './navigation.tsx'

const PER_GROUP = 6
const SETTLE_MS = 160

export interface Hit {
  readonly key: string
  readonly title: string
  readonly about: string
  readonly target: LinkOptions
}
interface HitGroup {
  readonly name: string
  readonly hits: readonly Hit[]
}

/** What the lists of the API find for `q`, each asked only by those who may; pages by their name. */
export function useSearchHits(q: string) {
  const { t } = useTranslation(['shell', 'common'])
  const text = useText()
  const may = useMay()
  const wanted = useSettled(q.trim())
  const on = wanted !== ''
  const querystring = { q: wanted, limit: PER_GROUP }
  const asked = { placeholderData: keepPreviousData, staleTime: 5_000 }

  const assets = useQuery({ ...reading(listAssets, { querystring }), ...asked, enabled: on && may('listAssets') })
  const tickets = useQuery({ ...reading(listTickets, { querystring }), ...asked, enabled: on && may('listTickets') })
  const customers = useQuery({
    ...reading(listCustomers, { querystring }),
    ...asked,
    enabled: on && may('listCustomers'),
  })
  const parts = useQuery({ ...reading(listParts, { querystring }), ...asked, enabled: on && may('listParts') })

  const pages = navigationFor(may).flatMap((entry): Hit[] => {
    const title = t(`shell:pages.${entry.key}`)
    const fits = title.toLowerCase().includes(q.trim().toLowerCase())
    return fits ? [{ key: entry.key, title, about: '', target: { to: entry.to } }] : []
  })
  const groups: HitGroup[] = [
    {
      name: t('shell:pages.assets'),
      hits: (on ? (assets.data?.items ?? []) : []).map((asset) => ({
        key: asset.id,
        title: asset.name,
        about: `${asset.serial} · ${asset.customerName} · ${t(`common:assetState.${asset.state}`)}`,
        target: linkOptions({ to: '/assets/$assetId', params: { assetId: asset.id } }),
      })),
    },
    {
      name: t('shell:pages.tickets'),
      hits: (on ? (tickets.data?.items ?? []) : []).map((ticket) => ({
        key: ticket.id,
        title: `${ticket.number} ${text(ticket.title)}`,
        about: `${ticket.customerName} · ${text(stateName(standardWorkflow, ticket.state))}`,
        target: linkOptions({ to: '/tickets/$ticketId', params: { ticketId: ticket.id } }),
      })),
    },
    {
      name: t('shell:pages.customers'),
      hits: (on ? (customers.data?.items ?? []) : []).map((customer) => ({
        key: customer.id,
        title: customer.name,
        about: customer.city,
        target: linkOptions({ to: '/customers/$customerId', params: { customerId: customer.id } }),
      })),
    },
    {
      name: t('shell:pages.parts'),
      hits: (on ? (parts.data?.items ?? []) : []).map((part) => ({
        key: part.id,
        title: `${part.code} ${text(part.name)}`,
        about: t('shell:search.onHand', { quantity: decimal(part.onHand), unit: part.unit }),
        target: linkOptions({ to: '/parts', search: { q: part.code, part: part.id } }),
      })),
    },
    { name: t('shell:search.pages'), hits: pages },
  ]
  const queries = [assets, tickets, customers, parts]
  return {
    groups: groups.filter(({ hits }) => hits.length > 0),
    isFetching: queries.some(({ isFetching }) => isFetching),
    error: queries.find(({ error }) => error)?.error ?? null,
    /** The answer belongs to what is typed now. */
    isSettled: on && wanted === q.trim() && !queries.some(({ isFetching }) => isFetching),
  }
}

/** The value once it has not changed for a moment: one question per word, not per letter. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
