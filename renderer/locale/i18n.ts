import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './en.json'
import { firstLanguage, type Language, toTag } from './language'
import zh from './zh.json'

// The Chinese file is the measure: its keys are the only ones that compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh }
    returnNull: false
  }
}

/**
 * Makes every text of the interface available. Both languages are part of the program, so
 * there is nothing to load: texts are there when this returns. Call once, before rendering.
 */
export function startI18n(language: Language = firstLanguage()): void {
  i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    supportedLngs: ['zh', 'en'],
    resources: { zh: { translation: zh }, en: { translation: en } },
    initAsync: false,
    returnNull: false,
    // React keeps markup out; what is left are marks that would reorder the sentence around a name.
    interpolation: { escapeValue: true, escape: withoutReordering },
    react: { useSuspense: false },
  })
  document.documentElement.lang = toTag(language)
}

/** Switches every text on screen at once, without a restart. */
export async function speak(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  document.documentElement.lang = toTag(language)
}

/** A value as it is put into a sentence: without the invisible marks that reorder text. */
function withoutReordering(value: string): string {
  return value.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}
