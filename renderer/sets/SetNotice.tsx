import type { RuleTrouble } from '../../shared/analysis/report-sets'
import type { ReportSet } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'

interface SetNoticeProps {
  readonly set: ReportSet
  readonly trouble: RuleTrouble
  onShowAll(): void
}

/** Says why a set shows no reports although its rule might have some, and what to do. */
export function SetNotice({ set, trouble, onShowAll }: SetNoticeProps) {
  const { t } = useWords()
  return (
    <Banner
      kind="warning"
      isFlush
      actions={
        <Button size="small" onPress={onShowAll}>
          {t('sets.showAll')}
        </Button>
      }
    >
      {t(`sets.troubleText.${trouble.kind}`, { name: set.name })}
    </Banner>
  )
}
