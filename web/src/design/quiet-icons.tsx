import { CloseCircleFilled, CloseOutlined, DownOutlined, LoadingOutlined } from '@ant-design/icons'
import { type ConfigProviderProps } from 'antd'

type QuietIcons = Pick<ConfigProviderProps, 'button' | 'drawer' | 'modal' | 'select'>

/**
 * Ant Design's own icons call themselves `down` or `close-circle`, in English and to people who only hear the page. Here
 * they are silent; what can be pressed says what it does (`close`, in the viewer's language).
 */
export function quietIcons(close: string): QuietIcons {
  const closable = { closeIcon: <CloseOutlined aria-hidden="true" />, 'aria-label': close }
  return {
    button: { loadingIcon: <LoadingOutlined aria-hidden="true" /> },
    drawer: { closable },
    modal: { closable },
    select: {
      suffixIcon: <DownOutlined aria-hidden="true" />,
      clearIcon: <CloseCircleFilled aria-hidden="true" />,
      loadingIcon: <LoadingOutlined aria-hidden="true" />,
    },
  }
}
