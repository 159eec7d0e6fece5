import { type CompositionEvent, useRef } from 'react'

/**
 * Handlers for a text field that hand its text on while nothing is being composed: the letters
 * of pinyin on their way to a character are no text yet.
 */
export function useComposed(onText: (text: string) => void) {
  const isComposing = useRef(false)
  return {
    onChange: (text: string) => {
      if (!isComposing.current) onText(text)
    },
    onCompositionStart: () => {
      isComposing.current = true
    },
    onCompositionEnd: ({ currentTarget }: CompositionEvent<HTMLElement>) => {
      isComposing.current = false
      if (currentTarget instanceof HTMLInputElement) onText(currentTarget.value)
    },
  }
}
