import { getTicket } from '@fettle/contracts/tickets'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { reading } from '../../api/query.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'
import { TicketSkeleton } from './ticket-skeleton.tsx'
import { TicketView } from './ticket-view.tsx'

const route = getRouteApi('/app/tickets/$ticketId')

export function TicketPage() {
  const { ticketId } = route.useParams()
  const query = useQuery(reading(getTicket, { params: { ticketId } }))
  if (query.isPending) return <TicketSkeleton />
  if (query.isError && !query.data) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} page />
  return <TicketView key={query.data.id} ticket={query.data} />
}
