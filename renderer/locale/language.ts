/** A language of the interface. */
export type Language = 'zh' | 'en'

/** Each language by its own name, in the order in which menus list them. */
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'zh', name: '中文' },
  { id: 'en', name: 'English' },
]

/** The language for someone who has chosen none yet, from what the browser says they read. */
export function firstLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** A language as `lang` attributes and `Intl` want it. */
export function toTag(language: Language): 'zh-CN' | 'en' {
  return language === 'zh' ? 'zh-CN' : 'en'
}
