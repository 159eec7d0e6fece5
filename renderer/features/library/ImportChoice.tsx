import { CircleAlert, CircleHelp, FileText } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ENCODINGS, type EncodingLabel } from '../../../shared/extract/encoding'
import { previewText } from '../../../shared/extract/text-file'
import type { ScannedFile } from '../../jobs/scan-job'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { ProgressBar } from '../../ui/ProgressBar'
import { Select } from '../../ui/Select'
import { VirtualList } from '../../ui/VirtualList'
import type { FoundFile } from './collect'
import type { Choosing } from './import-flow'
import { encodingWords, isRefused, problemWords } from './scan-words'
import { toSize } from './sizes'

interface ImportChoiceProps {
  readonly stage: Choosing
  onEncoding(indexes: Iterable<number>, encoding: EncodingLabel | null): void
  onStopScan(): void
}

/** The files that were chosen, how each will be read, and what that looks like. */
export function ImportChoice({ stage, onEncoding, onStopScan }: ImportChoiceProps) {
  const { t, number } = useWords()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['0']))
  const { collected, scanned, isScanning, chosen } = stage
  const { files, unreadable } = collected
  const indexes = [...selected].map(Number).filter(index => index < files.length)
  const shown = indexes.at(-1)
  const encodingOf = (index: number) => chosen.get(index) ?? scanned.get(index)?.encoding ?? null
  const total = files.length

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
      <div className="import-files">
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
          <span className="import-quiet" aria-hidden>
            {t('import.encodingLabel')}
          </span>
          <EncodingChoice
            indexes={indexes}
            chosen={chosen}
            onChange={encoding => onEncoding(indexes, encoding)}
          />
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
        {shown !== undefined && files[shown] && (
          <Preview
            key={shown}
            found={files[shown]}
            encoding={encodingOf(shown)}
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
  const refused = found && isRefused(found, stage.chosen) ? found.problem : null
  const isChosen = stage.chosen.has(index)
  const isUnsure = found && !found.sure && !isChosen
  return (
    <>
      <span className="import-name" title={file.path}>
        {file.path}
      </span>
      {found && refused ? (
        <span className="import-problem">
          <CircleAlert aria-hidden />
          {problemWords(t, { problem: refused, details: found.details }, number).what}
        </span>
      ) : (
        <span className={isUnsure ? 'import-encoding import-unsure' : 'import-encoding'}>
          {isUnsure && <CircleHelp aria-hidden />}
          {encoding ? encodingWords(t, encoding) : t('import.notScanned')}
          {isUnsure && t('import.unsureMark')}
          {isChosen && t('import.chosenMark')}
        </span>
      )}
      <span className="import-size">{found && toSize(found.size, number)}</span>
    </>
  )
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
  )
}

const PREVIEW_CHARS = 600

function Preview(props: {
  readonly found: FoundFile
  readonly encoding: EncodingLabel | null
  /** `null` until the file has been looked at. */
  readonly scan: ScannedFile | null
}) {
  const { found, encoding, scan } = props
  const { t, number } = useWords()
  const [head, setHead] = useState<Uint8Array | 'unreadable'>()
  const { file } = found
  useEffect(() => {
    let isWanted = true
    file
      .slice(0, 4 * PREVIEW_CHARS + 4)
      .arrayBuffer()
      .then(
        bytes => isWanted && setHead(new Uint8Array(bytes)),
        () => isWanted && setHead('unreadable'),
      )
    return () => {
      isWanted = false
    }
  }, [file])
  const label = t('import.previewOf', { name: found.path })
  if (scan?.problem && !encoding) {
    const why = { problem: scan.problem, details: scan.details }
    return <p className="import-quiet">{t('errors.brief', problemWords(t, why, number))}</p>
  }
  if (head === 'unreadable') {
    const why = { problem: 'unreadable', details: {} } as const
    return <p className="import-quiet">{problemWords(t, why, number).what}</p>
  }
  return (
    <section className="import-text" aria-label={label}>
      {head && encoding ? previewText(head, encoding, PREVIEW_CHARS) : <FileText aria-hidden />}
    </section>
  )
}
