import { ToolOutlined } from '@ant-design/icons'
import { setAssetMode, type AssetFile } from '@fettle/contracts/assets'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/write.ts'
import { ErrorNotice } from '../../design/error-notice.tsx'

/** Takes the machine into or out of maintenance: says what that changes, and asks why. */
export function ModeSwitch({ asset }: { readonly asset: AssetFile }) {
  const { t } = useTranslation(['assets', 'common'])
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<{ reason: string }>()
  const write = useWrite(setAssetMode, { touches: ['getAsset', 'listAssets', 'getOverview', 'getAssetTimeline'] })
  const mode = asset.mode === 'normal' ? 'maintenance' : 'normal'

  function close() {
    setOpen(false)
    write.reset()
  }
  return (
    <>
      <Button icon={<ToolOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t(`assets:mode.to.${mode}`)}
      </Button>
      <Modal
        open={open}
        title={t(`assets:mode.to.${mode}`)}
        okText={t(`assets:mode.to.${mode}`)}
        cancelText={t('common:action.cancel')}
        confirmLoading={write.isPending}
        onOk={() => form.submit()}
        onCancel={close}
        destroyOnHidden
      >
        <p style={{ marginBottom: 16 }}>{t(`assets:mode.effect.${mode}`)}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ reason }) =>
            write.mutate(
              { params: { assetId: asset.id }, body: { mode, reason: reason.trim(), expectedVersion: asset.version } },
              { onSuccess: close },
            )
          }
        >
          <Form.Item
            name="reason"
            style={{ marginBottom: 28 }}
            label={t('assets:mode.reason')}
            rules={[{ required: true, whitespace: true, message: t('assets:mode.reasonMissing') }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </Form>
        {write.error ? <ErrorNotice error={write.error} kept /> : null}
      </Modal>
    </>
  )
}
