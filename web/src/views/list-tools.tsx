import { DownloadOutlined, EllipsisOutlined, StarOutlined, TableOutlined } from '@ant-design/icons'
import type { ViewedList } from '@fettle/contracts/views'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '../design/use-media.ts'
import type { ListFile } from '../exports/download.ts'
import { useExport } from '../exports/use-export.tsx'
import { ColumnMenu } from './column-menu.tsx'
import type { ViewSearch } from './current-view.ts'
import styles from './list-tools.module.css'
import { ToolPopover } from './tool-popover.tsx'
import type { Columns } from './use-columns.ts'
import { useViews, type Views } from './use-views.ts'
import { ViewMenu } from './view-menu.tsx'

interface ListToolsProps {
  readonly columns: Columns
  /** The list as a file; absent where this person may not take it along. */
  readonly file?: ListFile | undefined
}
interface ViewedListToolsProps extends ListToolsProps {
  readonly list: ViewedList
  /** Filters and order in the address, of which views are made. */
  readonly search: ViewSearch
}

/** At the right of a list's filters: its views, its columns, its file; on a phone one menu. */
export function ListTools({ list, search, columns, file }: ViewedListToolsProps) {
  return <Tools columns={columns} file={file} views={useViews(list, search, columns)} />
}

/** Of a list without filters, of which there is only one view. */
export function PlainListTools({ columns, file }: ListToolsProps) {
  return <Tools columns={columns} file={file} />
}

function Tools({ columns, file, views }: ListToolsProps & { readonly views?: Views }) {
  const { t } = useTranslation('lists')
  const phone = usePhone()
  const { run, busy } = useExport()
  const onExport = file && (() => void run(file))
  if (phone) return views || onExport ? <PhoneTools views={views} busy={busy} onExport={onExport} /> : null
  return (
    <div className={styles['tools']}>
      {views ? (
        <ToolPopover
          icon={<StarOutlined aria-hidden="true" />}
          word={t('views.button')}
          label={t('views.label')}
          active={views.current !== undefined}
        >
          {(close) => <ViewMenu views={views} onDone={close} />}
        </ToolPopover>
      ) : null}
      <ToolPopover
        icon={<TableOutlined aria-hidden="true" />}
        word={t('columns.button')}
        label={t('columns.label')}
        active={columns.hidden.length > 0}
      >
        {() => <ColumnMenu columns={columns} />}
      </ToolPopover>
      {onExport ? (
        <Button type="text" icon={<DownloadOutlined aria-hidden="true" />} disabled={busy} onClick={onExport}>
          {t('export.button')}
        </Button>
      ) : null}
    </div>
  )
}

interface PhoneToolsProps {
  readonly views: Views | undefined
  readonly busy: boolean
  readonly onExport: (() => void) | undefined
}

function PhoneTools({ views, busy, onExport }: PhoneToolsProps) {
  const { t } = useTranslation('lists')
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <div className={styles['tools']}>
      <Button
        icon={<EllipsisOutlined aria-hidden="true" />}
        aria-label={t('tools')}
        aria-expanded={open}
        data-active={views?.current !== undefined || undefined}
        onClick={() => setOpen(true)}
      />
      <Drawer title={t('tools')} placement="bottom" size="auto" open={open} onClose={close}>
        <div className={styles['sheet']}>
          {views ? <ViewMenu views={views} onDone={close} /> : null}
          {onExport ? (
            <Button
              block
              icon={<DownloadOutlined aria-hidden="true" />}
              disabled={busy}
              onClick={() => {
                close()
                onExport()
              }}
            >
              {t('export.button')}
            </Button>
          ) : null}
        </div>
      </Drawer>
    </div>
  )
}
