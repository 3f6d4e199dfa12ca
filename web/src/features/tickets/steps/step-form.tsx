import { plainTicketActions, type PlainTicketAction } from '@fettle/contracts/ticket-life-cycle'
import { AssignForm } from './assign-form.tsx'
import { MergeForm } from './merge-form.tsx'
import { ReasonForm } from './reason-form.tsx'
import { ReportForm } from './report-form.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import type { StepFormProps } from './step-form-props.ts'

/** The form that a step needs. */
export function StepForm(props: StepFormProps) {
  const { action } = props.step
  switch (action) {
    case 'assign':
      return <AssignForm {...props} />
    case 'schedule':
      return <ScheduleForm {...props} />
    case 'report':
      return <ReportForm {...props} />
    case 'merge':
      return <MergeForm {...props} />
    default: {
      const plain = plainTicketActions.find((each): each is PlainTicketAction => each === action)
      return plain ? <ReasonForm {...props} action={plain} /> : null
    }
  }
}
