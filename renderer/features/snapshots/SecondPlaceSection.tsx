import { HardDrive } from 'lucide-react'
import { useEffect, useState } from 'react'
import { HostError, type PlaceToken, type SecondPlace } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { useWorkspace } from '../../workspace/context'
import { placeAt } from '../../workspace/place'
import { useErrorText } from '../../workspace/use-error-text'

interface SecondPlaceSectionProps {
  /** `null` when none was chosen. */
  readonly place: SecondPlace | null
  readonly isBusy: boolean
  /** Answers whether it was done. */
  onChoose(choose: () => Promise<PlaceToken | null>): Promise<boolean>
  onForget(): void
}

/** The second place: whether a copy of everything is kept on another disk, where, and how it is. */
export function SecondPlaceSection(props: SecondPlaceSectionProps) {
  const { place, isBusy, onChoose, onForget } = props
  const { host } = useWorkspace()
  const { t, date } = useWords()
  const errorText = useErrorText()
  const [isTyped, setTyped] = useState(false)
  const [path, setPath] = useState<string | null>(null)

  useEffect(() => {
    let isGone = false
    host.about().then(
      ({ door }) => {
        if (!isGone) setTyped(door === 'browser')
      },
      // Without an answer the system's dialog is asked for, and says itself what is wrong.
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [host])

  const choose = () => {
    if (isTyped) setPath('')
    else void onChoose(async () => (await host.choosePlace(null))?.token ?? null)
  }
  const take = async () => {
    if (path === null || path.trim() === '' || isBusy) return
    if (await onChoose(async () => (await placeAt(host, path)).token)) setPath(null)
  }
  return (
    <section className="second-place" aria-labelledby="second-place-heading">
      <HardDrive aria-hidden />
      <div className="second-place-words">
        <h3 id="second-place-heading">{t('snapshots.place.title')}</h3>
        {place ? (
          <>
            <p className="second-place-path">{place.label}</p>
            <p className="snapshot-note">{t('snapshots.place.folder')}</p>
            <p className="snapshot-note">
              {place.syncedAt === null
                ? t('snapshots.place.never')
                : t('snapshots.place.synced', { when: date(place.syncedAt) })}
            </p>
            {place.failure && (
              <p className="second-place-failure" role="alert">
                {place.failure === 'vanished'
                  ? t('snapshots.place.away')
                  : t('snapshots.place.failed', {
                      what: errorText(new HostError(place.failure)).brief,
                    })}
              </p>
            )}
          </>
        ) : (
          <p className="snapshot-note">{t('snapshots.place.hint')}</p>
        )}
        {path !== null && (
          <div className="second-place-typed">
            <TextField
              autoFocus
              label={t('snapshots.place.label')}
              hideLabel
              placeholder={t('snapshots.place.typedHint')}
              value={path}
              onChange={setPath}
              onCommit={() => void take()}
              onCancel={() => setPath(null)}
            />
            <Button
              size="small"
              isDisabled={path.trim() === ''}
              isPending={isBusy}
              onPress={() => void take()}
            >
              {t('snapshots.place.take')}
            </Button>
            <Button size="small" onPress={() => setPath(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        )}
      </div>
      {path === null && (
        <div className="second-place-buttons">
          <Button size="small" isDisabled={isBusy} onPress={choose}>
            {place ? t('common.change') : t('snapshots.place.choose')}
          </Button>
          {place && (
            <Button size="small" isDisabled={isBusy} onPress={onForget}>
              {t('snapshots.place.none')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
