/** Parts of a table, by what they are to those who do not see it. */
type Role = 'grid' | 'row' | 'columnheader' | 'rowheader' | 'gridcell' | 'listbox' | 'option'

type Aria = Readonly<Record<`aria-${string}`, string | number | boolean>>

/**
 * What makes an element a part of a table. A table of which only what is in view exists, at
 * places that are worked out, cannot be made of the elements for tables.
 */
export function part(role: Role, aria: Aria = {}): { readonly role: Role } & Aria {
  return { role, ...aria }
}
