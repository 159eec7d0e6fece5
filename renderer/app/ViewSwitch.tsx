import { BookOpenText, Grid3x3, Table2 } from 'lucide-react'
import { useWords } from '../locale/use-words'
import { type MainViewKind, useMainView } from '../session/main-view'
import { ToggleButton } from '../ui/ToggleButton'

const VIEWS: readonly { readonly kind: MainViewKind; readonly icon: typeof Table2 }[] = [
  { kind: 'reading', icon: BookOpenText },
  { kind: 'table', icon: Table2 },
  { kind: 'coverage', icon: Grid3x3 },
]

/** Chooses between reading and the overviews of all reports. */
export function ViewSwitch() {
  const { t } = useWords()
  const { view, show } = useMainView()
  return (
    <div className="shell-views" role="toolbar" aria-label={t('shell.views.label')}>
      {VIEWS.map(({ kind, icon: Icon }) => (
        <ToggleButton
          key={kind}
          iconOnly
          size="small"
          label={t(`shell.views.${kind}`)}
          icon={<Icon aria-hidden />}
          isSelected={view === kind}
          onChange={() => show(kind)}
        />
      ))}
    </div>
  )
}
