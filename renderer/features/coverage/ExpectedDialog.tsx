import { Plus, Search, X } from 'lucide-react'
import { useState } from 'react'
import {
  type Expectation,
  expectationId,
  expectationsBeside,
  expectationsIn,
  expectedPlaces,
} from '../../../shared/analysis/expected-places'
import { placeCandidates, placeOf } from '../../../shared/text/places'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/TextField'

interface ExpectedDialogProps {
  readonly expected: readonly Expectation[]
  /** The codes of the places that have reports. */
  readonly codes: readonly string[]
  onChange(expected: readonly Expectation[]): void
  onClose(): void
}

/** The most that is offered at once. */
const OFFERED = 8

/** Chooses which places ought to have reports, so that those with none are rows as well. */
export function ExpectedDialog({ expected, codes, onChange, onClose }: ExpectedDialogProps) {
  const { t, number } = useWords()
  const [typed, setTyped] = useState('')
  const chosen = new Set(expected.map(expectationId))
  const found =
    typed.trim() === ''
      ? expectationsBeside(codes)
      : placeCandidates(typed).flatMap(place => expectationsIn(place))
  const offered = [...new Map(found.map(each => [expectationId(each), each])).values()]
    .filter(each => !chosen.has(expectationId(each)))
    .slice(0, OFFERED)

  const nameOf = ({ within, rank }: Expectation) => {
    const outer = within === null ? null : placeOf(within)
    const place = outer?.name ?? t('coverage.expected.country')
    return t(`coverage.expected.all.${rank}`, { place })
  }
  const countOf = (expectation: Expectation) => {
    const { length } = expectedPlaces([expectation])
    return t('coverage.places', { count: length, n: number(length) })
  }

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('coverage.expected.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button variant="primary" onPress={onClose}>
          {t('common.done')}
        </Button>
      }
      footerNote={t('coverage.expected.kept')}
    >
      <p>{t('coverage.expected.text')}</p>
      {expected.length > 0 && (
        <ul className="coverage-expected" aria-label={t('coverage.expected.chosen')}>
          {expected.map(each => (
            <li key={expectationId(each)}>
              <span>{nameOf(each)}</span>
              <span className="coverage-expected-count">{countOf(each)}</span>
              <IconButton
                size="small"
                label={t('coverage.expected.remove', { places: nameOf(each) })}
                icon={<X aria-hidden />}
                onPress={() => {
                  const id = expectationId(each)
                  onChange(expected.filter(one => expectationId(one) !== id))
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <TextField
        autoFocus
        label={t('coverage.expected.search')}
        placeholder={t('coverage.expected.example')}
        before={<Search aria-hidden />}
        value={typed}
        onChange={setTyped}
      />
      <ul className="coverage-expected" aria-label={t('coverage.expected.offered')}>
        {offered.map(each => (
          <li key={expectationId(each)}>
            <span>{nameOf(each)}</span>
            <span className="coverage-expected-count">{countOf(each)}</span>
            <Button
              size="small"
              icon={<Plus aria-hidden />}
              aria-label={t('coverage.expected.addThese', { places: nameOf(each) })}
              onPress={() => onChange([...expected, each])}
            >
              {t('coverage.expected.add')}
            </Button>
          </li>
        ))}
      </ul>
      {offered.length === 0 && typed.trim() !== '' && (
        <p className="coverage-none">{t('coverage.expected.none')}</p>
      )}
    </Dialog>
  )
}
