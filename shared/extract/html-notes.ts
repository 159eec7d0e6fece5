import { TEXT_NOTES, type TextNote } from './text-file'

/**
 * What a researcher should know of a text that came out of a page or document, in the order of
 * {@link TEXT_NOTES}. `replaced` of its U+FFFD stand for bytes that did not fit.
 */
export function textNotesOf(text: string, replaced: number): TextNote[] {
  const holds: Readonly<Record<TextNote, boolean>> = {
    'control-characters': /(?![\t\n\f])\p{Cc}/u.test(text),
    'bidi-controls': /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text),
    'private-use': /\p{Co}/u.test(text),
    replaced: replaced > 0,
    'replacement-characters': countOf(text) > replaced,
  }
  return TEXT_NOTES.filter(note => holds[note])
}

function countOf(text: string): number {
  return text.includes('\ufffd') ? text.split('\ufffd').length - 1 : 0
}
