import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Language, toTag } from './language'

/** The current language's texts, and its way of writing dates and numbers. */
export interface Words {
  readonly t: TFunction
  readonly language: Language
  /** A day and time of day; `ms` is milliseconds since the Unix epoch, as in the next two. */
  date(ms: number): string
  /** A time of day, as hours and minutes on a 24-hour clock. */
  time(ms: number): string
  /** How long ago, for days within the last week; the date for anything older. */
  ago(ms: number): string
  number(value: number): string
}

/** Texts for a component, which draws itself again when the language changes. */
export function useWords(): Words {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.resolvedLanguage === 'en' ? 'en' : 'zh'
  const tag = toTag(language)
  const date = (ms: number) =>
    new Intl.DateTimeFormat(tag, {
      dateStyle: 'medium',
      timeStyle: 'short',
      hourCycle: 'h23',
    }).format(ms)
  const time = (ms: number) =>
    new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      ms,
    )
  return {
    t,
    language,
    date,
    time,
    ago: ms => {
      const days = dayOf(Date.now()) - dayOf(ms)
      if (days < 0 || days > 6)
        return new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }).format(ms)
      const day = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(-days, 'day')
      return capitalized(days < 2 ? `${day} ${time(ms)}` : day)
    },
    number: value => NUMBERS[language].format(value),
  }
}

/** Making one takes longer than all that a table's row is drawn with. */
const NUMBERS = {
  zh: new Intl.NumberFormat(toTag('zh')),
  en: new Intl.NumberFormat(toTag('en')),
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Counts calendar days, by this machine's clock. */
function dayOf(ms: number): number {
  const { year, month, day } = partsOf(new Date(ms))
  return Math.round(Date.UTC(year, month, day) / 86_400_000)
}

function partsOf(at: Date) {
  return { year: at.getFullYear(), month: at.getMonth(), day: at.getDate() }
}
