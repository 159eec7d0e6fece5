import { HostError } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { useSaving } from '../session/saving'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { useWorkspace } from '../workspace/context'
import { useErrorText } from '../workspace/use-error-text'

interface ViewNoticeProps {
  /** Opens the project for coding in this window; with a snapshot, to restore that. */
  onCode(restore: string | null): void
  /** From a snapshot to the project as it is now. */
  onPresent(): void
}

/** Says that this window only reads, and what. Nothing at all in one that writes. */
export function ViewNotice({ onCode, onPresent }: ViewNoticeProps) {
  const { view } = useWorkspace()
  const { t, date, number } = useWords()
  const state = useSaving(({ state }) => state)
  const errorText = useErrorText()
  if (!view || state.kind !== 'viewing') return null
  const { snapshot } = view
  if (snapshot) {
    const { counts, name, at } = snapshot
    return (
      <Banner
        kind="info"
        isFlush
        title={t('viewing.snapshot', { when: date(at) })}
        actions={
          <>
            <Button size="small" onPress={onPresent}>
              {t('viewing.present')}
            </Button>
            <Button size="small" onPress={() => onCode(name)}>
              {t('viewing.restore')}
            </Button>
          </>
        }
      >
        {t('viewing.counts', {
          reports: number(counts.reports),
          codes: number(counts.codes),
          annotations: number(counts.annotations),
        })}
      </Banner>
    )
  }
  return (
    <Banner
      kind={state.trouble ? 'warning' : 'info'}
      isFlush
      title={t(state.isCodedElsewhere ? 'viewing.elsewhere' : 'viewing.readOnly')}
      actions={
        <Button size="small" onPress={() => onCode(null)}>
          {state.isCodedElsewhere ? t('shell.takeOver') : t('viewing.code')}
        </Button>
      }
    >
      {state.trouble
        ? t('viewing.behind', { what: errorText(new HostError(state.trouble)).what })
        : t('viewing.follows')}
    </Banner>
  )
}
