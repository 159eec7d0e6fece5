import { createInstance } from 'i18next'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import type { Speech } from '../../renderer/sets/column-words'

/** The words and numbers of a language, as the page has them, without a page. */
export function speechIn(language: 'zh' | 'en'): Speech {
  const i18n = createInstance()
  const resources = { zh: { translation: zh }, en: { translation: en } }
  i18n.init({ lng: language, resources, initAsync: false, returnNull: false })
  return {
    t: i18n.t,
    language,
    number: value => new Intl.NumberFormat(language).format(value),
    date: ms => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(ms),
  }
}
