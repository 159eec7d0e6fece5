import { SunMoon } from 'lucide-react'
import { LANGUAGES } from '../locale/language'
import { useWords } from '../locale/use-words'
import { useLayout } from '../session/layout'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { MenuItem } from '../ui/MenuItem'
import { MenuSection } from '../ui/MenuSection'
import { MenuSeparator } from '../ui/MenuSeparator'

const THEMES = ['system', 'light', 'dark'] as const

/** The menu for language and theme. */
export function LookMenu() {
  const { t } = useWords()
  const { theme, language, chooseTheme, chooseLanguage } = useLayout()
  const names = {
    system: t('settings.themeSystem'),
    light: t('settings.themeLight'),
    dark: t('settings.themeDark'),
  }
  return (
    <Menu
      label={t('shell.preferences')}
      placement="bottom end"
      trigger={<IconButton label={t('shell.preferences')} icon={<SunMoon aria-hidden />} />}
    >
      <MenuSection
        title={t('settings.language')}
        selected={language}
        onSelect={id => {
          const chosen = LANGUAGES.find(known => known.id === id)
          if (chosen) chooseLanguage(chosen.id)
        }}
      >
        {LANGUAGES.map(({ id, name }) => (
          <MenuItem key={id} id={id} label={name} />
        ))}
      </MenuSection>
      <MenuSeparator />
      <MenuSection
        title={t('settings.theme')}
        selected={theme}
        onSelect={id => {
          const chosen = THEMES.find(known => known === id)
          if (chosen) chooseTheme(chosen)
        }}
      >
        {THEMES.map(id => (
          <MenuItem key={id} id={id} label={names[id]} />
        ))}
      </MenuSection>
    </Menu>
  )
}
