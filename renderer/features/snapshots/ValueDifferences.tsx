import type { Comparison } from '../../../shared/journal/comparison'
import { countOf } from '../../../shared/journal/comparison-marks'
import type { ComparedSet, ComparedValue } from '../../../shared/journal/comparison-values'
import { useWords } from '../../locale/use-words'
import { correctionWords, valueWords, variableWords } from '../../workspace/row-terms'
import { Group, MarkTag, Part } from './ComparisonParts'

interface ValueDifferencesProps {
  readonly comparison: Comparison
}

/** What differs in variables, their values, corrections of structure and sets of reports. */
export function ValueDifferences({ comparison }: ValueDifferencesProps) {
  const { t, number } = useWords()
  const { variables, values, byVariable, corrections, sets } = comparison
  return (
    <>
      {variables.length > 0 && (
        <Part
          title={t('snapshots.compare.variables', { n: number(variables.length) })}
          lines={variables.length}
        >
          {shown =>
            variables.slice(0, shown).map(({ id, name, nameBefore, mark }) => (
              <li key={id}>
                <MarkTag mark={mark} />
                <Named name={name} nameBefore={nameBefore} />
              </li>
            ))
          }
        </Part>
      )}
      {countOf(values) > 0 && (
        <>
          <Part title={t('snapshots.compare.byVariable')} lines={byVariable.length}>
            {shown =>
              byVariable
                .slice(0, shown)
                .map(({ key, variable, ...counts }) => (
                  <Group key={key} name={variableWords(t, variable)} {...counts} />
                ))
            }
          </Part>
          <Part
            title={t('snapshots.compare.values', { n: number(countOf(values)) })}
            lines={values.first.length}
            left={countOf(values) - values.first.length}
          >
            {shown =>
              values.first.slice(0, shown).map(each => <ValueLine key={each.id} value={each} />)
            }
          </Part>
        </>
      )}
      {countOf(corrections) > 0 && (
        <Part
          title={t('snapshots.compare.corrections', { n: number(countOf(corrections)) })}
          lines={corrections.first.length}
          left={countOf(corrections) - corrections.first.length}
        >
          {shown =>
            corrections.first.slice(0, shown).map(({ id, kind, level, report, mark }) => (
              <li key={id}>
                <MarkTag mark={mark} />
                <span>
                  {correctionWords(t, kind, level)}{' '}
                  <span className="snapshot-note">{t('history.in', { report })}</span>
                </span>
              </li>
            ))
          }
        </Part>
      )}
      {sets.length > 0 && (
        <Part title={t('snapshots.compare.sets', { n: number(sets.length) })} lines={sets.length}>
          {shown => sets.slice(0, shown).map(set => <SetLine key={set.id} set={set} />)}
        </Part>
      )}
    </>
  )
}

function ValueLine({ value }: { readonly value: ComparedValue }) {
  const { t } = useWords()
  const { mark, report, before, after } = value
  const variable = variableWords(t, value.variable) || t('snapshots.compare.unknown')
  return (
    <li className="comparison-passage">
      <MarkTag mark={mark} />
      <span>
        <span>
          {t('snapshots.compare.valueOf', { variable })}
          {before !== null && <del>{valueWords(t, before)}</del>}
          {before !== null && after !== null && <span aria-hidden> → </span>}
          {after !== null && <ins>{valueWords(t, after)}</ins>}
          {mark === 'changed' && before === after && (
            <span className="snapshot-note"> {t('snapshots.compare.otherSource')}</span>
          )}
        </span>
        <span className="snapshot-note">{report}</span>
      </span>
    </li>
  )
}

function SetLine({ set }: { readonly set: ComparedSet }) {
  const { t, number } = useWords()
  const { name, nameBefore, mark, gained, lost } = set
  return (
    <li>
      <MarkTag mark={mark} />
      <span>
        <Named name={name} nameBefore={nameBefore} />
        {gained + lost > 0 && (
          <span className="snapshot-note">
            {' '}
            {t('snapshots.compare.members', { gained: number(gained), lost: number(lost) })}
          </span>
        )}
      </span>
    </li>
  )
}

interface NamedProps {
  readonly name: string
  readonly nameBefore: string | null
}

function Named({ name, nameBefore }: NamedProps) {
  const { t } = useWords()
  return (
    <span>
      {name}
      {nameBefore !== null && (
        <span className="snapshot-note">
          {' '}
          {t('snapshots.compare.was', { pathBefore: nameBefore })}
        </span>
      )}
    </span>
  )
}
