import { type ReactNode, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import type { CodeId, ReportId } from '../../../shared/domain/id'
import type { NameMark } from '../../../shared/search/names'
import { allCodes } from '../../data/codebook'
import { allReports } from '../../data/reports'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { COMMAND_IDS, type CommandId, canRun, handlerOf } from '../../session/commands'
import { keysOf, useKeyMap } from '../../session/key-map'
import { useReading } from '../../session/reading'
import { Finder } from '../../ui/Finder'
import { Kbd } from '../../ui/Kbd'
import { Marked } from '../../ui/Marked'
import { useWorkspace } from '../../workspace/context'
import { useNameIndex } from '../../workspace/use-name-index'
import { useTitles } from './use-titles'
import './commands.css'

interface PaletteProps {
  /** What stands in the field at first: nothing, `@` for reports or `#` for codes. */
  readonly first: '' | '@' | '#'
  onClose(): void
}

/** Something that the palette leads to. */
interface Entry {
  readonly key: string
  readonly name: string
  readonly end?: ReactNode
  readonly isOff?: boolean
  run(): unknown
}

/** A field over the page: type what is wanted, a command, a report after `@`, a code after `#`. */
export function Palette({ first, onClose }: PaletteProps) {
  const { t } = useWords()
  const [query, setQuery] = useState<string>(first)
  const kind = query.startsWith('@') ? 'reports' : query.startsWith('#') ? 'codes' : 'commands'
  const wanted = kind === 'commands' ? query : query.slice(1)
  const Kind = KINDS[kind]
  return (
    <ModalOverlay
      className="palette-scrim"
      isOpen
      isDismissable
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      <Modal className="palette">
        <Dialog className="palette-dialog" aria-label={t('palette.label')}>
          <Kind query={query} wanted={wanted} onQuery={setQuery} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

interface KindProps {
  readonly query: string
  readonly wanted: string
  onQuery(query: string): void
  onClose(): void
}

const KINDS = { commands: Commands, reports: Reports, codes: Codes }

/** Nobody looks further down than this. */
const MOST = 500

function Commands(props: KindProps) {
  const titleOf = useTitles()
  const chosen = useKeyMap(keys => keys.chosen)
  // As they are when the palette opens: nothing behind it changes meanwhile.
  const [entries] = useState(() =>
    COMMAND_IDS.filter(isListed).map((id): Entry => {
      const [keys] = keysOf(id, chosen)
      return {
        key: id,
        name: titleOf(id),
        isOff: !canRun(id),
        end: keys === undefined ? null : <Kbd keys={keys} />,
        run: () => handlerOf(id)?.run(''),
      }
    }),
  )
  return <Found {...props} entries={entries} isLoading={false} />
}

/** A number key has no meaning without its number; the palette is open already. */
function isListed(id: CommandId): boolean {
  return id !== 'codeByDigit' && id !== 'palette'
}

function Reports(props: KindProps) {
  const { db } = useWorkspace()
  const reports = useLive(() => allReports(db), 'reports of the palette')
  const [kept, setKept] = useState<{ of: typeof reports; entries: readonly Entry[] }>()
  if (reports && kept?.of !== reports) {
    const open = (id: ReportId) => useReading.getState().openReport(id)
    const entries = reports.map(({ id, title }) => ({ key: id, name: title, run: () => open(id) }))
    setKept({ of: reports, entries })
  }
  return <Found {...props} entries={kept?.entries ?? NONE} isLoading={!kept} />
}

function Codes(props: KindProps) {
  const { db } = useWorkspace()
  const codes = useLive(() => allCodes(db), 'codes of the palette')
  const [kept, setKept] = useState<{ of: typeof codes; entries: readonly Entry[] }>()
  if (codes && kept?.of !== codes) {
    const show = (id: CodeId) => useReading.getState().showCode(id)
    const entries = codes.map(({ id, name, digit }) => ({
      ...{ key: id, name, run: () => show(id) },
      end: digit === null ? null : <Kbd keys={String(digit)} />,
    }))
    setKept({ of: codes, entries })
  }
  return <Found {...props} entries={kept?.entries ?? NONE} isLoading={!kept} />
}

const NONE: readonly Entry[] = []

function Found(
  props: KindProps & { readonly entries: readonly Entry[]; readonly isLoading: boolean },
) {
  const { query, wanted, onQuery, onClose, entries, isLoading } = props
  const { t } = useWords()
  const [named, setNamed] = useState({ of: entries, names: entries.map(({ name }) => name) })
  if (named.of !== entries) setNamed({ of: entries, names: entries.map(({ name }) => name) })
  const hits = useNameIndex(named.names).find(wanted)
  const items = hits.slice(0, MOST).flatMap(({ index, marks }) => {
    const entry = named.of[index]
    return entry ? [{ entry, marks }] : []
  })
  // What cannot be done now stands behind what can.
  items.sort((a, b) => Number(a.entry.isOff ?? false) - Number(b.entry.isOff ?? false))
  const take = ({ entry }: Item) => {
    onClose()
    // The focus goes back first: some commands act on what has it.
    requestAnimationFrame(() => void entry.run())
  }
  return (
    <Finder<Item>
      label={t('palette.label')}
      placeholder={t('palette.placeholder')}
      query={query}
      onQuery={onQuery}
      items={items}
      keyOf={({ entry }) => entry.key}
      isDisabled={({ entry }) => entry.isOff ?? false}
      onPick={take}
      onClose={onClose}
      isLoading={isLoading}
      empty={t('palette.empty')}
      renderItem={({ entry, marks }) => (
        <>
          <span className="finder-detail palette-name">
            <Marked text={entry.name} marks={marks} />
          </span>
          <span className="finder-end">{entry.end}</span>
        </>
      )}
      foot={<span>{t('palette.hint')}</span>}
    />
  )
}

interface Item {
  readonly entry: Entry
  readonly marks: readonly NameMark[]
}
