import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { Span } from '../../../shared/domain/structure'
import { findIn } from '../../../shared/text/find'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { isComposing } from '../../ui/composing'
import { IconButton } from '../../ui/IconButton'
import { useCommands } from '../../workspace/use-commands'
import type { ReaderView } from './view'

interface FindBarProps {
  readonly text: string
  readonly view: RefObject<ReaderView | null>
  /** What stands in the field at first, and a new object whenever the search is asked for again. */
  readonly wish: { readonly query: string }
  /** Whether what was found can be coded now. */
  readonly canCode: boolean
  onCodeAll(hits: readonly Span[]): void
  onClose(): void
}

/** Finds in the report: every place is marked, and one after the other is gone to. */
export function FindBar({ text, view, wish, canCode, onCodeAll, onClose }: FindBarProps) {
  const { t, number } = useWords()
  const [query, setQuery] = useState(wish.query)
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  // A report of a million characters is searched in some ten milliseconds: once a query, not a step.
  const { spans, isCut } = useMemo(() => findIn(text, query), [text, query])
  const current = spans[Math.min(at, spans.length - 1)] ?? null

  useEffect(() => {
    if (wish.query !== '') setQuery(wish.query)
    input.current?.focus()
    input.current?.select()
  }, [wish])
  useEffect(() => {
    view.current?.showFinds({ spans, current })
    if (current) view.current?.reveal(current)
  }, [view, spans, current])
  useEffect(() => () => view.current?.showFinds({ spans: [], current: null }), [view])

  /** From where one reads on, a new query begins. */
  const search = (typed: string) => {
    setQuery(typed)
    const from = view.current?.top() ?? 0
    const next = findIn(text, typed).spans.findIndex(({ start }) => start >= from)
    setAt(Math.max(0, next))
  }
  const step = (by: number) => {
    if (spans.length > 0) setAt((Math.min(at, spans.length - 1) + by + spans.length) % spans.length)
  }
  const close = () => {
    onClose()
    // What one was at stays selected, ready to be coded.
    if (current) view.current?.select(current)
    else view.current?.focus()
  }
  useCommands({
    findNext: { run: () => step(1) },
    findPrevious: { run: () => step(-1) },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const told =
    query === ''
      ? ''
      : spans.length === 0
        ? t('reader.find.none')
        : t(isCut ? 'reader.find.more' : 'reader.find.count', {
            at: number(Math.min(at, spans.length - 1) + 1),
            n: number(spans.length),
          })
  return (
    <search className="find-bar" aria-label={t('commands.find')}>
      <input
        ref={input}
        className="find-field"
        type="text"
        aria-label={t('reader.find.label')}
        placeholder={t('reader.find.label')}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={event => search(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="find-count" role="status">
        {told}
      </span>
      <Button
        size="small"
        isDisabled={!canCode || spans.length === 0 || isCut}
        onPress={() => onCodeAll(spans)}
      >
        {t('reader.codeAll.open')}
      </Button>
      <IconButton
        size="small"
        label={t('commands.findPrevious')}
        keys="Shift+F3"
        icon={<ArrowUp aria-hidden />}
        isDisabled={spans.length === 0}
        onPress={() => step(-1)}
      />
      <IconButton
        size="small"
        label={t('commands.findNext')}
        keys="F3"
        icon={<ArrowDown aria-hidden />}
        isDisabled={spans.length === 0}
        onPress={() => step(1)}
      />
      <IconButton
        size="small"
        label={t('common.close')}
        keys="Escape"
        icon={<X aria-hidden />}
        onPress={close}
      />
    </search>
  )
}
