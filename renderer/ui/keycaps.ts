const MAC: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Escape: 'esc',
}

const OTHERS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Delete: 'Del', Escape: 'Esc' }

const EVERYWHERE: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: '␣',
}

/** A shortcut such as `Mod+Shift+P` as this machine writes it: `⇧⌘P`, or `Ctrl+Shift+P`. */
export function toKeycaps(keys: string, isMac = /mac/i.test(navigator.platform)): string {
  const caps = keys
    .split(/\+(?!$)/)
    .map(key => (isMac ? MAC : OTHERS)[key] ?? EVERYWHERE[key] ?? key)
  if (!isMac) return caps.join('+')
  // Apple's order is control, option, shift, command, key.
  const order = '⌃⌥⇧⌘'
  const place = (cap: string) => (order.includes(cap) ? order.indexOf(cap) : order.length)
  return caps.toSorted((a, b) => place(a) - place(b)).join('')
}
