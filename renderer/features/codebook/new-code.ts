import { addCode } from '../../../shared/commands/codebook'
import type { Command } from '../../../shared/commands/command'
import type { CodeId } from '../../../shared/domain/id'
import { suggestColor } from '../../../shared/domain/palette'

/**
 * Adds a code in the colour that suits its place. The colour is chosen when the command's turn
 * comes, so that codes added in quick succession differ.
 */
export function addSuitedCode(name: string, parentId: CodeId | null): Command {
  return async (project, actor) => {
    const color = suggestColor(await project.codes(), parentId)
    return addCode({ name, parentId, color })(project, actor)
  }
}

/** The field that names are typed into. */
export interface NameField {
  read(): string
  write(name: string): void
}

/** What becomes of the names that are taken from the field. */
export interface NameSaving {
  /** Whether the code was made. */
  save(name: string): Promise<boolean>
  /** Names the code that was not made, where the field has no room for it any more. */
  tellLost(name: string): void
}

/**
 * Takes the typed name and clears the field at once, so that the next one can be typed while
 * this is saved. A name that is refused comes back, but never over what was typed since.
 */
export async function takeName(field: NameField, { save, tellLost }: NameSaving): Promise<void> {
  const name = field.read()
  if (name.trim() === '') return
  field.write('')
  if (await save(name)) return
  if (field.read() === '') field.write(name)
  else tellLost(name.trim())
}
