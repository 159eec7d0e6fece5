import { Copy, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { FileProblem, ImportResult } from '../../jobs/import-messages'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { useToast } from '../../ui/use-toast'
import { VirtualList } from '../../ui/VirtualList'
import { problemWords } from '../../workspace/file-words'
import { useErrorText } from '../../workspace/use-error-text'
import { type Collected, skippedIn } from './collect'
import { SimilarReports } from './SimilarReports'

interface ImportOutcomeProps {
  readonly result: ImportResult
  /** What was to be imported. */
  readonly collected: Collected
  /** Imports again the files of these places. */
  onRetry(indexes: readonly number[]): void
  /** Closes the dialog that this stands in. */
  onHide(): void
}

interface Line {
  readonly key: string
  readonly path: string
  readonly words: string
  readonly isProblem: boolean
}

/** What became of an import: how many came in, and every file that needs attention. */
export function ImportOutcome({ result, collected, onRetry, onHide }: ImportOutcomeProps) {
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const { imported, known, knownFiles, problems, notes, similar, cancelled } = result
  const { unreadable } = collected
  // Several rows of a table are one file.
  const failed = [...new Set(problems.map(({ index }) => index))]
  const lines = linesOf()
  const [key] = selected
  const shown = lines.find(line => line.key === key) ?? lines[0]
  const counts = [
    { label: t('import.counts.imported'), count: imported, isAlways: true },
    { label: t('import.counts.known'), count: known, isAlways: false },
    { label: t('import.counts.refused'), count: problems.length + unreadable.length },
    { label: t('import.counts.notes'), count: new Set(notes.map(({ path }) => path)).size },
    { label: t('import.counts.skipped'), count: skippedIn(collected.skipped) },
  ].filter(({ count, isAlways }) => isAlways || count > 0)

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(
        lines.map(({ path, words }) => `${path}\t${words}`).join('\n'),
      )
      toast({ message: t('common.copied') })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }

  return (
    <>
      <Banner
        kind={cancelled || (imported === 0 && known === 0) ? 'warning' : 'ok'}
        title={
          cancelled
            ? t('import.wasStopped')
            : imported > 0
              ? t('import.isDone')
              : t('import.nothingNew')
        }
      >
        {cancelled && <p>{t('import.wasStoppedText')}</p>}
        {result.copyFailed && <p>{t('import.copyFailed')}</p>}
        {result.comparingFailed && <p>{t('import.comparingFailed')}</p>}
      </Banner>
      <dl className="import-counts">
        {counts.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      <SimilarReports similar={similar} onHide={onHide} />
      {lines.length > 0 && (
        <>
          <div className="import-lines-head">
            <h3>{t('import.linesTitle')}</h3>
            {problems.length > 0 && (
              <Button size="small" icon={<RotateCcw aria-hidden />} onPress={() => onRetry(failed)}>
                {t('import.retry', { count: failed.length, n: number(failed.length) })}
              </Button>
            )}
            <Button size="small" icon={<Copy aria-hidden />} onPress={() => void copy()}>
              {t('import.copyLines')}
            </Button>
          </div>
          {problems.length > 0 && <p className="import-quiet">{t('import.linesText')}</p>}
          <div className="import-lines">
            <VirtualList
              label={t('import.linesTitle')}
              items={lines}
              keyOf={({ key }) => key}
              rowHeight={44}
              selected={selected}
              onSelect={setSelected}
              renderRow={({ path, words, isProblem }) => (
                <span className="import-line" title={`${path}\n${words}`}>
                  <span className="import-name">{path}</span>
                  <span className={isProblem ? 'import-problem' : 'import-quiet'}>{words}</span>
                </span>
              )}
            />
          </div>
          {shown && <p className="import-detail">{shown.words}</p>}
        </>
      )}
    </>
  )

  function linesOf(): Line[] {
    const problem = (
      path: string,
      why: { problem: FileProblem | 'folder'; details: Readonly<Record<string, string | number>> },
    ) => {
      const { what, todo } = problemWords(t, why, number)
      return { path, words: t('errors.brief', { what, todo }), isProblem: true }
    }
    const notesByPath = new Map<string, string[]>()
    const sames: Pick<Line, 'path' | 'words' | 'isProblem'>[] = []
    for (const { path, note, details } of notes) {
      const words = t(`import.note.${note}`, { ...details })
      if (note === 'same-text') sames.push({ path, words, isProblem: false })
      else notesByPath.set(path, [...(notesByPath.get(path) ?? []), words])
    }
    return [
      ...unreadable.map(path => problem(path, { problem: 'folder', details: {} })),
      ...problems.map(line => problem(line.path, line)),
      ...sames,
      ...[...notesByPath].map(([path, some]) => ({
        path,
        words: t('import.noted', { notes: some.join(' ') }),
        isProblem: false,
      })),
      ...knownFiles.map(({ path, title }) => ({
        path,
        words: title === '' ? t('import.knownFile') : t('import.knownAs', { title }),
        isProblem: false,
      })),
    ].map((line, i) => ({ ...line, key: String(i) }))
  }
}
