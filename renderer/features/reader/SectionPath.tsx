import type { Structure } from '../../../shared/domain/structure'
import { sectionPathAt } from '../../../shared/text/structure'
import { useWords } from '../../locale/use-words'

interface SectionPathProps {
  readonly structure: Structure
  /** The offset that it is said of. */
  readonly place: number
}

/** In which section of the report one is: its headings from the outermost on. */
export function SectionPath({ structure, place }: SectionPathProps) {
  const { t } = useWords()
  const path = sectionPathAt(structure, place)
  const part = structure.parts.find(({ start, end }) => start <= place && place < end)
  const names = path.map(({ marker, title }) => `${marker}${title}`)
  if (part) names.unshift(t(`parts.${part.part}`))
  if (names.length === 0) names.push(t('outline.top'))
  return (
    <span className="section-path" title={names.join(' \u203A ')}>
      {names.map((name, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same names may stand twice
        <span key={i}>
          {i > 0 && <b aria-hidden>{'\u203A'}</b>}
          {name}
        </span>
      ))}
    </span>
  )
}
