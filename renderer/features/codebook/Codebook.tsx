import { Tags } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { describeCode, loadCodebook, moveCode, setDigit } from '../../../shared/commands/codebook'
import { type Code, codeTree } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { allCodes } from '../../data/codebook'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { useNameIndex, useNames } from '../../workspace/use-name-index'
import { CodebookBar } from './CodebookBar'
import { CodeCard } from './CodeCard'
import { CodeEditor } from './CodeEditor'
import { CodeMenu } from './CodeMenu'
import { CodeTree, type Reveal } from './CodeTree'
import { ColorPopover } from './ColorPopover'
import { DeleteDialog } from './DeleteDialog'
import { focusRow, onceFocusIsBack } from './focus'
import { NewCodeField } from './NewCodeField'
import { createPointed } from './pointed'
import { starterCodebook } from './starter'
import { type Destination, firstMatch, matching, parentsIn, placesOf, stepFrom } from './tree'
import { useAct } from './use-act'
import './codebook.css'

export interface CodebookProps {
  /** A code was clicked or activated while a passage is selected: it is to be applied. */
  onCode(codeId: CodeId): void
}

type Point = { readonly x: number; readonly y: number }

/** What is open over the panel, and for which code. */
type Open =
  | { readonly kind: 'menu' | 'color'; readonly id: CodeId; readonly at: Point }
  | { readonly kind: 'editor' | 'delete'; readonly id: CodeId }

/**
 * The codebook panel: the tree of codes with search, the card of the code in question, and
 * all that changes the codebook. With a passage selected, a click on a code applies it and
 * leaves the selection alone.
 */
export function Codebook({ onCode }: CodebookProps) {
  const { db } = useWorkspace()
  const { t, language } = useWords()
  const toast = useToast()
  const { act, offerUndo, canEdit } = useAct()
  const book = useLive(async () => {
    const codes = await allCodes(db)
    return { codes, tree: codeTree(codes), byId: new Map(codes.map(code => [code.id, code])) }
  }, db.name)

  const [query, setQuery] = useState('')
  const [collapsed, setCollapsed] = useState<ReadonlySet<CodeId>>(new Set())
  const [currentId, setCurrentId] = useState<CodeId | null>(null)
  const [renaming, setRenaming] = useState<CodeId | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  /** Where new codes go, once that was said; before, they become siblings of the current code. */
  const [under, setUnder] = useState<CodeId | 'top' | null>(null)
  const [reveal, setReveal] = useState<Reveal | null>(null)
  const [pointed] = useState(createPointed)
  const panelRef = useRef<HTMLDivElement>(null)
  const newCodeRef = useRef<HTMLInputElement & HTMLTextAreaElement>(null)

  // A wish from elsewhere to see a code: nothing may hide it then.
  const shownCode = useReading(reading => reading.shownCode)
  useEffect(() => {
    if (!shownCode) return
    setQuery('')
    setCollapsed(new Set())
    setCurrentId(shownCode.id)
    setReveal({ id: shownCode.id })
  }, [shownCode])

  const named = useCodesNamed(book?.codes ?? NO_CODES, query)

  if (!book) return <div className="codebook" aria-busy />
  const { codes, tree, byId } = book
  const find = (id: CodeId | null) => (id === null ? null : (byId.get(id) ?? null))
  const current = find(currentId)
  const newParent = under === 'top' ? null : find(under ?? current?.parentId ?? null)
  const places = placesOf(tree)
  const isSearching = query.trim() !== ''
  const found = matching(tree, query, named)
  const parents = parentsIn(found)
  const expanded = new Set(isSearching ? parents : parents.filter(id => !collapsed.has(id)))
  const openCode = find(open?.id ?? null)

  const close = () => {
    setOpen(null)
    onceFocusIsBack(() => focusRow(panelRef.current, open?.id ?? null))
  }
  const unfold = (id: CodeId | null) => {
    if (id !== null) setCollapsed(before => new Set([...before].filter(each => each !== id)))
  }
  const move = (id: CodeId, { parentId, beforeId }: Destination) => {
    unfold(parentId)
    void act(moveCode(id, parentId, beforeId))
    setReveal({ id })
  }
  const select = (id: CodeId | null) => {
    setCurrentId(id)
    setUnder(null)
  }
  const appliesOnPress = () => useReading.getState().passage !== null
  const apply = (id: CodeId) => canEdit && onCode(id)
  const first = firstMatch(found, query, named)
  const takeFirst = () => {
    if (first === null) return
    setReveal({ id: first })
    if (appliesOnPress()) apply(first)
    else select(first)
  }
  const focusNewCode = () => newCodeRef.current?.focus()
  const addBelow = ({ id }: Code) => {
    setUnder(id)
    unfold(id)
    // The tree takes the focus to its row once more when it is drawn anew.
    onceFocusIsBack(focusNewCode)
  }
  const loadStarter = async () => {
    const { title, codes: loaded } = await starterCodebook(language)
    const outcome = await act(loadCodebook(title, loaded))
    if (outcome === 'nothing') toast({ message: t('codebook.starterThere') })
    if (outcome === 'nothing' || outcome === 'failed' || outcome.kind === 'import') return
    offerUndo(t('codebook.starterLoaded', { count: outcome.changes.length }), outcome)
  }
  const startLoading = () => {
    loadStarter().catch(() => toast({ message: t('codebook.starterFailed'), kind: 'danger' }))
  }

  return (
    <div ref={panelRef} className="codebook">
      {codes.length > 0 && (
        <CodebookBar
          query={query}
          onQuery={setQuery}
          onTakeFirst={takeFirst}
          onGoToFirst={() => first !== null && setReveal({ id: first, takesFocus: true })}
          onExpandAll={() => setCollapsed(new Set())}
          onCollapseAll={() => setCollapsed(new Set(parentsIn(tree)))}
          onLoadStarter={startLoading}
          canEdit={canEdit}
        />
      )}
      {codes.length === 0 ? (
        <div className="codebook-empty">
          <EmptyState
            icon={<Tags aria-hidden />}
            title={t('codebook.emptyTitle')}
            text={t('codebook.emptyText')}
            action={
              <>
                <Button variant="primary" isDisabled={!canEdit} onPress={startLoading}>
                  {t('codebook.loadStarter')}
                </Button>
                <Button isDisabled={!canEdit} onPress={focusNewCode}>
                  {t('codebook.newLabel')}
                </Button>
              </>
            }
          />
        </div>
      ) : (
        <div className="codebook-middle" onPointerLeave={pointed.leave}>
          {found.length === 0 ? (
            <p className="codebook-none" role="status">
              {t('codebook.noMatch', { query: query.trim() })}
            </p>
          ) : (
            <CodeTree
              tree={found}
              expanded={expanded}
              onExpand={keys => {
                if (!isSearching) setCollapsed(new Set(parents.filter(id => !keys.has(id))))
              }}
              current={currentId}
              onCurrent={select}
              appliesOnPress={appliesOnPress}
              onApply={apply}
              onOpen={id => canEdit && setOpen({ kind: 'editor', id })}
              onMove={move}
              onStartRename={setRenaming}
              onDelete={id => setOpen({ kind: 'delete', id })}
              canReorder={!isSearching}
              reveal={reveal}
              renaming={renaming}
              canEdit={canEdit}
              onRename={({ id }, name) => {
                setRenaming(null)
                void act(describeCode(id, { name }))
              }}
              onCancelRename={() => setRenaming(null)}
              onMenu={(id, at) => {
                setCurrentId(id)
                setOpen({ kind: 'menu', id, at })
              }}
              onPoint={pointed.point}
            />
          )}
          <CodeCard
            current={current}
            pointed={pointed}
            codes={codes}
            canEdit={canEdit}
            onEdit={({ id }) => setOpen({ kind: 'editor', id })}
          />
        </div>
      )}
      <NewCodeField
        parent={newParent}
        inputRef={newCodeRef}
        onForgetParent={() => setUnder('top')}
        onAdded={(id, parentId) => {
          setUnder(parentId ?? 'top')
          setCurrentId(id)
          setQuery('')
          unfold(parentId)
          setReveal({ id })
        }}
      />
      {open?.kind === 'menu' && openCode && (
        <CodeMenu
          code={openCode}
          at={open.at}
          codes={codes}
          places={places}
          canEdit={canEdit}
          onClose={() => setOpen(now => (now === open ? null : now))}
          onAddBelow={addBelow}
          onRename={({ id }) => setRenaming(id)}
          onEdit={({ id }) => setOpen({ kind: 'editor', id })}
          onColor={({ id }, at) => setOpen({ kind: 'color', id, at })}
          onDigit={({ id }, digit) => void act(setDigit(id, digit))}
          onStep={({ id }, step) => {
            const to = stepFrom(places, id, step)
            if (to) move(id, to)
          }}
          onDelete={({ id }) => setOpen({ kind: 'delete', id })}
        />
      )}
      {open?.kind === 'color' && openCode && (
        <ColorPopover
          code={openCode}
          at={open.at}
          onClose={close}
          onChoose={color => void act(describeCode(openCode.id, { color }))}
        />
      )}
      {open?.kind === 'editor' && openCode && (
        <CodeEditor code={openCode} codes={codes} onClose={close} />
      )}
      {open?.kind === 'delete' && openCode && (
        <DeleteDialog code={openCode} codes={codes} onClose={close} />
      )}
    </div>
  )
}

const NO_CODES: readonly Code[] = []

/** The codes whose names a query finds, without those that merely have its letters scattered. */
function useCodesNamed(codes: readonly Code[], query: string): ReadonlySet<CodeId> {
  const names = useNames(codes)
  const index = useNameIndex(names)
  if (query.trim() === '') return new Set()
  const hits = index.find(query).filter(({ isScattered }) => !isScattered)
  return new Set(hits.flatMap(({ index: at }) => codes[at]?.id ?? []))
}
