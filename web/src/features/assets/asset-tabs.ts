export const assetTabs = ['trend', 'timeline', 'specification', 'parts', 'bindings'] as const
export type AssetTab = (typeof assetTabs)[number]
