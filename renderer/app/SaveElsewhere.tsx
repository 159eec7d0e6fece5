import { useEffect, useRef, useState } from 'react'
import { HostError } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { type SaveState, useSaving } from '../session/saving'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorNotice } from '../ui/ErrorNotice'
import { ProgressBar } from '../ui/ProgressBar'
import { TextField } from '../ui/TextField'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { type RefugeReport, saveInRefuge } from '../workspace/refuge'
import { isCancelled, runTask, type TaskProgress } from '../workspace/task'
import { useErrorText } from '../workspace/use-error-text'
import { usePlace } from '../workspace/use-place'
import './save-elsewhere.css'

interface SaveElsewhereProps {
  /** What waits for the disk. */
  readonly state: Extract<SaveState, { kind: 'not-saved' }>
  onClose(): void
  onReopen(): void
}

type Stage =
  | { readonly at: 'asking'; readonly failure: unknown }
  | { readonly at: 'moving'; readonly progress: TaskProgress | null }
  | { readonly at: 'written-anew'; readonly report: RefugeReport }

/**
 * Takes the project to another folder when its own refuses: copied while the old folder can be
 * read, else written anew from the working copy. Then the step that waits is saved there.
 */
export function SaveElsewhere({ state, onClose, onReopen }: SaveElsewhereProps) {
  const { project, host, db, actor, session } = useWorkspace()
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const [stage, setStage] = useState<Stage>({ at: 'asking', failure: null })
  const stop = useRef<AbortController | null>(null)
  const place = usePlace(host, failure => setStage({ at: 'asking', failure }))
  const isInVain =
    useSaving(saving => saving.state.kind === 'taken-over') && stage.at !== 'written-anew'

  // Whoever has taken the project over goes on in its folder: it is not moved away under them.
  useEffect(() => {
    if (!isInVain) return
    stop.current?.abort()
    onClose()
  }, [isInVain, onClose])

  const move = async () => {
    if (stage.at !== 'asking' || !place.isReady || !actor) return
    const controller = new AbortController()
    stop.current = controller
    setStage({ at: 'moving', progress: null })
    const options = {
      signal: controller.signal,
      onProgress: (progress: TaskProgress) => setStage({ at: 'moving', progress }),
    }
    try {
      const target = await place.resolve()
      if (!target) throw new HostError('place-invalid')
      const wish = { kind: 'relocate', project: project.id, place: target.token } as const
      const { folder } = await runTask<'relocate'>(host, wish, options)
      if (folder !== null) {
        onClose()
        state.retry()
        toast({ message: t('trouble.elsewhere.done', { folder }) })
        return
      }
      const { id, name } = project
      const by = { at: actor.now(), coderId: actor.coderId }
      const { pending } = state
      const all = { id, name, db, session: session(), place: target.token, pending, by }
      setStage({ at: 'written-anew', report: await saveInRefuge(host, all, options) })
    } catch (failure) {
      setStage({ at: 'asking', failure: isCancelled(failure) ? null : failure })
    }
  }

  if (stage.at === 'written-anew') {
    const { folder, lostTexts, lostOriginals } = stage.report
    return (
      <Dialog
        isOpen
        size="medium"
        canClose={false}
        title={t('trouble.elsewhere.anewTitle')}
        onClose={() => {}}
        footer={
          <Button
            variant="primary"
            autoFocus
            onPress={() => {
              onClose()
              // It is saved in the new folder, from which the project is now opened.
              state.giveUp()
              onReopen()
            }}
          >
            {t('trouble.elsewhere.openThere')}
          </Button>
        }
      >
        <p>{t('trouble.elsewhere.anew')}</p>
        <p className="save-elsewhere-path">{folder}</p>
        {lostTexts > 0 && (
          <Banner
            kind="warning"
            title={t('trouble.elsewhere.lostTexts', { n: number(lostTexts) })}
          />
        )}
        {lostOriginals > 0 && (
          <Banner
            kind="info"
            title={t('trouble.elsewhere.lostOriginals', { n: number(lostOriginals) })}
          />
        )}
      </Dialog>
    )
  }

  const isMoving = stage.at === 'moving'
  const failure = stage.at === 'asking' ? stage.failure : null
  const isAboutPlace = failure instanceof HostError && PLACE_REASONS.has(failure.reason)
  const fieldError = isAboutPlace ? { error: errorText(failure).brief } : {}
  const progress = stage.at === 'moving' ? stage.progress : null
  return (
    <Dialog
      isOpen
      size="medium"
      title={t('trouble.elsewhere.title')}
      onClose={onClose}
      canClose={!isMoving}
      onSubmit={() => void move()}
      footer={
        isMoving ? (
          <Button autoFocus onPress={() => stop.current?.abort()}>
            {t('common.cancel')}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" isDisabled={!place.isReady}>
              {t('trouble.elsewhere.start')}
            </Button>
          </>
        )
      }
    >
      <p>{t('trouble.elsewhere.text')}</p>
      {failure !== null && !isAboutPlace && <ErrorNotice {...errorText(failure)} />}
      {place.typedPath === null ? (
        <div className="save-elsewhere-place">
          <TextField
            isReadOnly
            isDisabled={isMoving}
            label={t('trouble.elsewhere.label')}
            value={place.chosen?.label ?? ''}
            {...fieldError}
          />
          <Button isDisabled={isMoving} onPress={() => void place.choose()}>
            {t('common.change')}
          </Button>
        </div>
      ) : (
        <TextField
          autoFocus
          isDisabled={isMoving}
          label={t('trouble.elsewhere.label')}
          description={t('trouble.elsewhere.hint')}
          value={place.typedPath}
          onChange={place.type}
          {...fieldError}
        />
      )}
      {isMoving && (
        <ProgressBar
          label={t('trouble.elsewhere.moving')}
          value={progress && progress.total > 0 ? progress.done / progress.total : null}
        />
      )}
    </Dialog>
  )
}

/** Reasons that speak of the folder that was chosen. */
const PLACE_REASONS: ReadonlySet<string> = new Set(['place-invalid', 'read-only', 'disk-full'])
