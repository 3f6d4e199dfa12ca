import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../design/page-header.tsx'

export function AssetsPage() {
  const { t } = useTranslation('shell')
  return <PageHeader title={t('pages.assets')} />
}
