import { Check, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { Finder } from '../../ui/Finder'
import { Kbd } from '../../ui/Kbd'
import { Marked } from '../../ui/Marked'
import { useNameIndex, useNames } from '../../workspace/use-name-index'
import { type CodeChoice, codeChoices } from './code-choices'

interface CodePickerProps {
  /** All codes in codebook order. */
  readonly codes: readonly Code[]
  /** The codes that the passage has already. */
  readonly applied: ReadonlySet<CodeId>
  /** Where the passage is, in pixels from the corner of the text. */
  readonly at: { readonly top: number; readonly bottom: number; readonly left: number }
  onPick(id: CodeId): void
  onCreate(name: string): void
  /** `refocus`: whether the text is to have the focus again. */
  onClose(refocus: boolean): void
}

/** Chooses a code for what is selected, right below it, or above where there is no room. */
export function CodePicker(props: CodePickerProps) {
  const { codes, applied, at, onPick, onCreate, onClose } = props
  const { t } = useWords()
  const recent = useReading(({ recentCodes }) => recentCodes)
  const [query, setQuery] = useState('')
  const names = useNames(codes)
  const index = useNameIndex(names)
  const choices = codeChoices(query, { codes, index, recent, applied })
  const box = useRef<HTMLElement>(null)
  const [isAbove, setAbove] = useState(false)

  useEffect(() => {
    const { bottom = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {}
    const room = box.current?.closest('.reader')?.getBoundingClientRect()
    if (!room || bottom <= room.bottom) return
    if (at.top - height > 0) setAbove(true)
    else box.current?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const take = (choice: CodeChoice) =>
    choice.kind === 'new' ? onCreate(choice.name) : onPick(choice.code.id)
  return (
    <section
      ref={box}
      className={isAbove ? 'code-picker code-picker-above' : 'code-picker'}
      aria-label={t('reader.picker.label')}
      style={{
        insetBlockStart: isAbove ? at.top - 6 : at.bottom + 6,
        insetInlineStart: `clamp(0px, ${at.left}px, calc(100% - 412px))`,
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onClose(false)
      }}
    >
      <Finder
        label={t('reader.picker.label')}
        placeholder={t('reader.picker.placeholder')}
        query={query}
        onQuery={setQuery}
        items={choices}
        keyOf={choice => (choice.kind === 'new' ? 'new' : choice.code.id)}
        onPick={take}
        onPickOther={typed => typed.trim() !== '' && onCreate(typed.trim())}
        onClose={() => onClose(true)}
        empty={t('reader.picker.empty')}
        renderItem={choice =>
          choice.kind === 'new' ? (
            <>
              <Plus className="code-picker-icon" aria-hidden />
              <span className="finder-detail">
                {t('reader.picker.create', { name: choice.name })}
              </span>
            </>
          ) : (
            <>
              <span
                className="code-picker-color"
                style={{ background: `var(--code-${choice.code.id})` }}
              />
              <span className="finder-name">
                <Marked text={choice.code.name} marks={choice.marks} />
              </span>
              <span className="finder-detail">{choice.under}</span>
              <span className="finder-end">
                {choice.isApplied && (
                  <Check className="code-picker-icon" aria-label={t('reader.picker.isApplied')} />
                )}
                {choice.code.digit !== null && <Kbd keys={String(choice.code.digit)} />}
              </span>
            </>
          )
        }
        foot={
          <>
            <span>
              <Kbd keys="Enter" /> {t('reader.picker.apply')}
            </span>
            <span>
              <Kbd keys="Mod+Enter" /> {t('reader.picker.new')}
            </span>
          </>
        }
      />
    </section>
  )
}
