interface KeyEvent {
  readonly isComposing?: boolean
  readonly keyCode: number
  readonly nativeEvent?: { readonly isComposing: boolean }
}

/**
 * Whether a key press belongs to an input method that is still composing, such as the Enter
 * that ends pinyin. Nothing may act on such a key. Takes React's events and the browser's.
 */
export function isComposing(event: KeyEvent): boolean {
  const { isComposing } = event.nativeEvent ?? event
  // 229 is what engines report for keys that the input method has taken.
  return isComposing === true || event.keyCode === 229
}
