import { Separator } from 'react-aria-components'
import './menu.css'

/** A line between items of a menu. */
export function MenuSeparator() {
  return <Separator className="menu-separator" />
}
