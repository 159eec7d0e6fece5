import type { TFunction } from 'i18next'
import type { Edit } from '../../shared/journal/edit'

/** An edit, as far as menus name it. */
export type NamedEdit = Pick<Edit, 'label' | 'about'>

/** What an edit is called on screen, with what it was done to when that is known. */
export function editWords(t: TFunction, { label, about }: NamedEdit): string {
  const edit = t(`edits.${label}`)
  return about === '' ? edit : t('edits.about', { edit, about })
}
