import { CircleAlert, CircleHelp, FileText } from 'lucide-react'
import { useState } from 'react'
import type { Span } from '../../../shared/domain/structure'
import { ENCODINGS, type EncodingLabel } from '../../../shared/extract/encoding'
import type { HtmlMode } from '../../../shared/intake/read-document'
import type { ScannedFile } from '../../jobs/scan-job'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { ProgressBar } from '../../ui/ProgressBar'
import { Select } from '../../ui/Select'
import { VirtualList } from '../../ui/VirtualList'
import { encodingWords, problemWords } from '../../workspace/file-words'
import { toSize } from '../../workspace/sizes'
import type { FoundFile } from './collect'
import type { Choosing } from './import-flow'
import { hasEncoding, isRefused } from './scan-words'
import { TablePreview } from './TablePreview'
import type { TableSetup } from './table-setup'
import { type PreviewWish, usePreview } from './use-preview'
import { useTableLooks } from './use-table-looks'

interface ImportChoiceProps {
  readonly stage: Choosing
  onEncoding(indexes: Iterable<number>, encoding: EncodingLabel | null): void
  onMode(indexes: Iterable<number>, mode: HtmlMode | null): void
  onTable(index: number, setup: TableSetup): void
  onStopScan(): void
}

/** The files that were chosen, how each will be read, and what that looks like. */
export function ImportChoice(props: ImportChoiceProps) {
  const { stage, onEncoding, onMode, onTable, onStopScan } = props
  const { t, number } = useWords()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['0']))
  const { collected, scanned, isScanning, chosen, modes } = stage
  useTableLooks(stage, onTable)
  const { files, unreadable } = collected
  const indexes = [...selected].map(Number).filter(index => index < files.length)
  const shown = indexes.at(-1)
  const encodingOf = (index: number) => chosen.get(index) ?? scanned.get(index)?.encoding ?? null
  const total = files.length
  const isTableShown = shown !== undefined && isTable(scanned.get(shown))
  const found = indexes.flatMap(index => scanned.get(index) ?? [])
  const isEncoded = found.length < indexes.length || found.some(hasEncoding)
  const pages = found.filter(({ format }) => format === 'html').map(({ index }) => index)

  return (
    <>
      {isScanning && total > 200 && (
        <div className="import-scan">
          <ProgressBar
            label={t('import.scanning')}
            value={scanned.size / total}
            note={t('import.ofTotal', { done: number(scanned.size), total: number(total) })}
          />
          <Button size="small" onPress={onStopScan}>
            {t('import.stopScan')}
          </Button>
        </div>
      )}
      {unreadable.length > 0 && (
        <Banner
          kind="warning"
          title={t('import.unreadable', {
            count: unreadable.length,
            n: number(unreadable.length),
          })}
        >
          <p className="import-unreadable">{unreadable.slice(0, 5).join('\n')}</p>
        </Banner>
      )}
      <div className={isTableShown ? 'import-files import-files-few' : 'import-files'}>
        <VirtualList
          label={t('import.listLabel')}
          items={rowsOf(files)}
          keyOf={({ index }) => String(index)}
          rowHeight={30}
          selection="many"
          selected={selected}
          onSelect={setSelected}
          renderRow={({ index, file }) => (
            <FileRow file={file} index={index} stage={stage} encoding={encodingOf(index)} />
          )}
        />
      </div>
      <div className="import-preview">
        <div className="import-preview-head">
          {isEncoded && (
            <EncodingChoice
              indexes={indexes}
              chosen={chosen}
              onChange={encoding => onEncoding(indexes, encoding)}
            />
          )}
          {pages.length > 0 && (
            <ModeChoice indexes={pages} modes={modes} onChange={mode => onMode(pages, mode)} />
          )}
          <Button
            size="small"
            variant="quiet"
            isDisabled={total < 2}
            onPress={() => setSelected(new Set(files.map((_file, index) => String(index))))}
          >
            {t('import.selectAll')}
          </Button>
          <span className="import-quiet">
            {indexes.length > 1 &&
              t('import.selected', { count: indexes.length, n: number(indexes.length) })}
          </span>
        </div>
        {shown !== undefined && isTableShown && (
          <TablePreview
            key={shown}
            setup={stage.tables.get(shown)}
            onChange={setup => onTable(shown, setup)}
          />
        )}
        {shown !== undefined && files[shown] && !isTableShown && (
          <PreviewOf
            key={shown}
            found={files[shown]}
            encoding={encodingOf(shown)}
            mode={modes.get(shown) ?? null}
            scan={scanned.get(shown) ?? null}
          />
        )}
      </div>
    </>
  )
}

function FileRow(props: {
  readonly file: FoundFile
  readonly index: number
  readonly stage: Choosing
  readonly encoding: EncodingLabel | null
}) {
  const { file, index, stage, encoding } = props
  const { t, number } = useWords()
  const found = stage.scanned.get(index)
  const table = stage.tables.get(index)
  const look = table?.look
  const refused = found && isRefused(found, stage.chosen) ? found.problem : null
  const unread = look?.ok === false ? look : null
  const isChosen = stage.chosen.has(index)
  const isUnsure = found && !found.sure && !isChosen
  const isEncoded = !found || found.format === 'txt' || found.format === 'md' || isChosen
  return (
    <>
      <span className="import-name" title={file.path}>
        {file.path}
      </span>
      {unread ? (
        <span className="import-problem">
          <CircleAlert aria-hidden />
          {problemWords(t, unread, number).what}
        </span>
      ) : found && refused ? (
        <span className="import-problem">
          <CircleAlert aria-hidden />
          {problemWords(t, { problem: refused, details: found.details }, number).what}
        </span>
      ) : (
        <span className={isUnsure ? 'import-encoding import-unsure' : 'import-encoding'}>
          {isUnsure && <CircleHelp aria-hidden />}
          {found?.format && found.format !== 'txt' && t(`import.format.${found.format}`)}
          {stage.modes.has(index) && t('import.rawMark')}
          {look?.ok && t('import.table.rows', { count: look.rows, n: number(look.rows) })}
          {look?.ok && table?.text === null && t('import.table.noText')}
          {isEncoded && ' '}
          {isEncoded && (encoding ? encodingWords(t, encoding) : t('import.notScanned'))}
          {isUnsure && t('import.unsureMark')}
          {isChosen && t('import.chosenMark')}
        </span>
      )}
      <span className="import-size">{found && toSize(found.size, number)}</span>
    </>
  )
}

/** A table that can be read as far as its head tells. */
function isTable(found: ScannedFile | undefined): boolean {
  return (found?.format === 'xlsx' || found?.format === 'csv') && found.problem === null
}

function rowsOf(files: readonly FoundFile[]) {
  return files.map((file, index) => ({ file, index }))
}

function EncodingChoice(props: {
  readonly indexes: readonly number[]
  readonly chosen: Choosing['chosen']
  onChange(encoding: EncodingLabel | null): void
}) {
  const { indexes, chosen, onChange } = props
  const { t } = useWords()
  const values = new Set(indexes.map(index => chosen.get(index) ?? 'auto'))
  const [value = null] = values.size === 1 ? values : []
  const options = [
    { id: 'auto' as const, label: t('import.encodingAuto') },
    ...ENCODINGS.map(id => ({ id, label: encodingWords(t, id) })),
  ]
  return (
    <>
      <span className="import-quiet" aria-hidden>
        {t('import.encodingLabel')}
      </span>
      <div className="import-encoding-choice">
        <Select
          label={t('import.encodingLabel')}
          hideLabel
          options={options}
          value={value}
          isDisabled={indexes.length === 0}
          onChange={id => onChange(id === 'auto' ? null : id)}
        />
      </div>
    </>
  )
}

function ModeChoice(props: {
  readonly indexes: readonly number[]
  readonly modes: Choosing['modes']
  onChange(mode: HtmlMode | null): void
}) {
  const { indexes, modes, onChange } = props
  const { t } = useWords()
  const values = new Set(indexes.map(index => modes.get(index) ?? 'main'))
  const [value = null] = values.size === 1 ? values : []
  const options = [
    { id: 'main' as const, label: t('import.mode.main') },
    { id: 'raw' as const, label: t('import.mode.raw') },
  ]
  return (
    <>
      <span className="import-quiet" aria-hidden>
        {t('import.modeLabel')}
      </span>
      <div className="import-mode-choice">
        <Select
          label={t('import.modeLabel')}
          hideLabel
          options={options}
          value={value}
          onChange={id => onChange(id === 'main' ? null : id)}
        />
      </div>
    </>
  )
}

function PreviewOf(props: {
  readonly found: FoundFile
  readonly encoding: EncodingLabel | null
  readonly mode: HtmlMode | null
  /** `null` until the file has been looked at. */
  readonly scan: ScannedFile | null
}) {
  const { found, encoding, mode, scan } = props
  const { t, number } = useWords()
  const format = scan?.format ?? null
  const isText = format === 'txt' || format === 'md' || (format === null && encoding !== null)
  if (scan?.problem && !(isText && encoding)) {
    const why = { problem: scan.problem, details: scan.details }
    return <p className="import-quiet">{t('errors.brief', problemWords(t, why, number))}</p>
  }
  const label = t('import.previewOf', { name: found.path })
  if (!scan || (isText && !encoding)) {
    return (
      <section className="import-text" aria-label={label}>
        <FileText aria-hidden />
      </section>
    )
  }
  const wish = { file: found.file, format: format ?? 'txt', encoding, mode }
  return <PreviewText wish={wish} label={label} />
}

function PreviewText({ wish, label }: { readonly wish: PreviewWish; readonly label: string }) {
  const { t, number } = useWords()
  const preview = usePreview(wish)
  if (preview.is === 'refused') {
    return <p className="import-quiet">{t('errors.brief', problemWords(t, preview, number))}</p>
  }
  if (preview.is !== 'text') {
    const words = preview.is === 'reading' ? 'import.previewing' : 'import.previewSkipped'
    return <p className="import-quiet">{t(words)}</p>
  }
  const { text, asides } = preview
  return (
    <>
      <section className="import-text" aria-label={label}>
        {piecesOf(text, asides).map(({ start, piece, isAside }) =>
          isAside ? (
            <span key={start} className="import-aside">
              {piece}
            </span>
          ) : (
            piece
          ),
        )}
      </section>
      {asides.some(({ start }) => start < text.length) && (
        <p className="import-quiet">{t('import.previewAside')}</p>
      )}
    </>
  )
}

/** A text cut where its asides begin and end. */
function piecesOf(text: string, asides: readonly Span[]) {
  const pieces: { start: number; piece: string; isAside: boolean }[] = []
  let at = 0
  const add = (end: number, isAside: boolean) => {
    if (end > at) pieces.push({ start: at, piece: text.slice(at, end), isAside })
    at = Math.max(at, end)
  }
  for (const { start, end } of asides) {
    add(Math.min(start, text.length), false)
    add(Math.min(end, text.length), true)
  }
  add(text.length, false)
  return pieces
}
