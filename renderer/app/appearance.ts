import { speak } from '../locale/i18n'
import { type Theme, useLayout } from '../session/layout'

/**
 * Keeps the page in the theme and language that the researcher chose. Call once, before
 * rendering; answers a function that stops it.
 */
export function followAppearance(): () => void {
  showTheme(useLayout.getState().theme)
  return useLayout.subscribe((now, before) => {
    if (now.theme !== before.theme) showTheme(now.theme)
    if (now.language !== before.language) void speak(now.language)
  })
}

function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
