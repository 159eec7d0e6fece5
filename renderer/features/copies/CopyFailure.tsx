import { HostError } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { useErrorText } from '../../workspace/use-error-text'

interface CopyFailureProps {
  readonly error: unknown
}

const KINDS = {
  'not-zip': 'otherKind',
  name: 'otherKind',
  entries: 'otherKind',
  kind: 'otherKind',
  missing: 'otherKind',
  duplicate: 'otherKind',
  short: 'short',
  encrypted: 'encrypted',
  study: 'mixed',
  chain: 'mixed',
  hash: 'mixed',
  entry: 'mixed',
} as const

/** Why a copy could not be opened: what is wrong with the file, in words. */
export function CopyFailure({ error }: CopyFailureProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  if (!(error instanceof HostError) || error.reason !== 'copy-damaged') {
    return <ErrorNotice {...errorText(error)} safe={t('copies.openFailedSafe')} />
  }
  const { what = '', file = '' } = error.details
  const kind = Object.hasOwn(KINDS, what) ? KINDS[what as keyof typeof KINDS] : 'damaged'
  const details: Record<string, string | number> = file === '' ? {} : { file }
  const { what: words, safe, todo } = errorText(new HostError(error.reason, details))
  return (
    <>
      <ErrorNotice what={words} safe={safe} todo={todo} />
      <p className="copies-text">{t(`copies.why.${kind}`)}</p>
    </>
  )
}
