import type { ReplyOf } from '@fettle/contracts/route'
import type { createTicket } from '@fettle/contracts/tickets'
import { useNavigate } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '../../../design/use-media.ts'
import { PossibleDuplicates } from './possible-duplicates.tsx'
import { ReportFaultForm } from './report-fault-form.tsx'

interface NewTicketDrawerProps {
  readonly open: boolean
  /** The machine to begin with, when the list is about one. */
  readonly assetId: string | undefined
  readonly onClose: () => void
}

/** 报修: a person tells what is wrong. Where the machine has open tickets already, they are offered for merging. */
export function NewTicketDrawer({ open, assetId, onClose }: NewTicketDrawerProps) {
  const { t } = useTranslation('tickets')
  const navigate = useNavigate()
  const phone = usePhone()
  const [reported, setReported] = useState<ReplyOf<typeof createTicket>>()

  const openTicket = (ticketId: string) => void navigate({ to: '/tickets/$ticketId', params: { ticketId } })
  const close = () => {
    setReported(undefined)
    onClose()
  }
  return (
    <Drawer title={t('intake.title')} open={open} onClose={close} size={phone ? '100%' : 480} destroyOnHidden>
      {reported ? (
        <PossibleDuplicates reported={reported} onOpen={openTicket} />
      ) : (
        <ReportFaultForm
          assetId={assetId}
          onReported={(answer) =>
            answer.possibleDuplicates.length > 0 ? setReported(answer) : openTicket(answer.ticket.id)
          }
        />
      )}
    </Drawer>
  )
}
