import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'

export interface LocaleProviderProps {
  /** A language tag such as `zh-CN`. */
  readonly tag: string
  readonly children: ReactNode
}

/** The language of the few words that React Aria says itself, such as the names of colours. */
export function LocaleProvider({ tag, children }: LocaleProviderProps) {
  return <I18nProvider locale={tag}>{children}</I18nProvider>
}
