export const assetTabs = ['trend', 'timeline', 'specification', 'parts', 'stops', 'bindings'] as const
export type AssetTab = (typeof assetTabs)[number]
