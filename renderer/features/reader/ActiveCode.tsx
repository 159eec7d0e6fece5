import { X } from 'lucide-react'
import { useEffect } from 'react'
import type { Code } from '../../../shared/domain/code'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { IconButton } from '../../ui/IconButton'

interface ActiveCodeProps {
  readonly codes: readonly Code[]
}

/** Says which code every selection gets, and how to leave off. Nothing where none is active. */
export function ActiveCode({ codes }: ActiveCodeProps) {
  const { t } = useWords()
  const active = useReading(({ activeCode }) => activeCode)
  const code = codes.find(({ id }) => id === active)
  // One that was deleted is active no longer.
  const isGone = active !== null && codes.length > 0 && !code
  useEffect(() => {
    if (isGone) useReading.getState().activate(null)
  }, [isGone])
  if (!code) return null
  return (
    <div className="active-code" role="status">
      <span className="active-code-color" style={{ background: code.color }} />
      <span className="active-code-words">{t('reader.active', { code: code.name })}</span>
      <IconButton
        size="small"
        label={t('commands.leaveActiveCode')}
        keys="Escape"
        icon={<X aria-hidden />}
        onPress={() => useReading.getState().activate(null)}
      />
    </div>
  )
}
