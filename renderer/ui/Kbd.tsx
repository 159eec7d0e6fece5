import { toKeycaps } from './keycaps'
import './kbd.css'

export interface KbdProps {
  /** A shortcut such as `Mod+Shift+P`; `Mod` is Command on a Mac and Control elsewhere. */
  readonly keys: string
}

/** A keyboard shortcut, written as this machine's keys are labelled. */
export function Kbd({ keys }: KbdProps) {
  return <kbd className="kbd">{toKeycaps(keys)}</kbd>
}
