import { Languages, Monitor, Moon, Sun } from 'lucide-react'
import { LANGUAGES } from '../../locale/language'
import { useWords } from '../../locale/use-words'
import { useLayout } from '../../session/layout'
import { ToggleButton } from '../../ui/ToggleButton'

/** The languages and the themes, side by side, for someone who reads neither language yet. */
export function Preferences() {
  const { t } = useWords()
  const { theme, language, chooseTheme, chooseLanguage } = useLayout()
  const themes = [
    { id: 'system', label: t('settings.themeSystem'), icon: <Monitor aria-hidden /> },
    { id: 'light', label: t('settings.themeLight'), icon: <Sun aria-hidden /> },
    { id: 'dark', label: t('settings.themeDark'), icon: <Moon aria-hidden /> },
  ] as const
  return (
    <div className="start-preferences">
      <fieldset className="start-choice" aria-label={t('settings.language')}>
        <Languages aria-hidden />
        {LANGUAGES.map(({ id, name }) => (
          <ToggleButton
            key={id}
            size="small"
            label={name}
            isSelected={language === id}
            onChange={() => chooseLanguage(id)}
          />
        ))}
      </fieldset>
      <fieldset className="start-choice" aria-label={t('settings.theme')}>
        {themes.map(({ id, label, icon }) => (
          <ToggleButton
            key={id}
            size="small"
            iconOnly
            label={label}
            icon={icon}
            isSelected={theme === id}
            onChange={() => chooseTheme(id)}
          />
        ))}
      </fieldset>
    </div>
  )
}
