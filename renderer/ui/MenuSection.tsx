import type { ReactNode } from 'react'
import { MenuSection as AriaMenuSection, Header } from 'react-aria-components'
import './menu.css'

export interface MenuSectionProps {
  readonly title: string
  /** The chosen item's id, when the section is a choice of one. */
  readonly selected?: string
  onSelect?(id: string): void
  /** MenuItem. */
  readonly children: ReactNode
}

/** Items under a heading; with `selected`, a choice of one among them. */
export function MenuSection({ title, selected, onSelect, children }: MenuSectionProps) {
  const heading = <Header className="menu-heading">{title}</Header>
  if (selected === undefined) {
    return (
      <AriaMenuSection className="menu-section">
        {heading}
        {children}
      </AriaMenuSection>
    )
  }
  return (
    <AriaMenuSection
      className="menu-section"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={keys => {
        const [id] = keys === 'all' ? [] : keys
        if (id !== undefined) onSelect?.(String(id))
      }}
    >
      {heading}
      {children}
    </AriaMenuSection>
  )
}
