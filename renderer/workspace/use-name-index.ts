import { useEffect, useMemo, useState } from 'react'
import { type NameIndex, nameIndex, type ReadingsOf } from '../../shared/search/names'

/**
 * Names made ready to be searched, also by pinyin as soon as the dictionary is there. `names` must
 * be the same array as long as the names are the same: making five thousand ready takes a frame.
 */
export function useNameIndex(names: readonly string[]): NameIndex {
  const [readingsOf, setReadingsOf] = useState<{ of: ReadingsOf }>(NO_READINGS)
  useEffect(() => {
    let isCurrent = true
    // Without the dictionary names are found by themselves all the same.
    import('../../shared/search/readings').then(
      found => isCurrent && setReadingsOf({ of: found.readingsOf }),
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [])
  return useMemo(() => nameIndex(names, readingsOf.of), [names, readingsOf])
}

const NO_READINGS = { of: () => [] }
/** The names of codes: the same array as long as the codes are. */
export function useNames(codes: readonly { readonly name: string }[]): readonly string[] {
  const [kept, setKept] = useState({ codes, names: codes.map(({ name }) => name) })
  if (kept.codes === codes) return kept.names
  const names = codes.map(({ name }) => name)
  setKept({ codes, names })
  return names
}
