import type { DocumentFile } from '../../shared/extract/document'

/**
 * A document as lines that people can review: what each line is, its text, and what is bold or
 * slanted in it. Tabs show as `\u2192`, no-break spaces as `\u237d`. A refusal is one line.
 */
export function outlineOf(document: DocumentFile): string {
  if (!document.ok) return `refused: ${document.problem} ${JSON.stringify(document.details)}\n`
  const { text, markup, notes } = document
  const head = [
    ...Object.entries(markup.properties).map(([name, value]) => `${name} = ${value}`),
    `notes = ${notes.join(', ')}`,
  ]
  let start = 0
  const lines = text.split('\n').map(line => {
    const end = start + line.length
    const own = markup.marks.filter(mark => mark.start >= start && mark.end <= end)
    start = end + 1
    const kinds = own.filter(mark => mark.kind !== 'strong' && mark.kind !== 'emphasis')
    const inline = own.filter(mark => !kinds.includes(mark))
    const kind = kinds.map(mark => mark.kind + (mark.level > 0 ? mark.level : '')).join('+')
    const shown = line.replaceAll('\t', '\u2192').replaceAll('\u00a0', '\u237d')
    const faces = inline.map(mark => ` {${mark.kind} ${text.slice(mark.start, mark.end)}}`)
    return `${kind.padEnd(8)} | ${shown}${faces.join('')}`.trimEnd()
  })
  return `${[...head, '', ...lines].join('\n')}\n`
}

/** Asserts what every reader promises of its marks; returns the first that breaks it, or `null`. */
export function brokenMark(document: DocumentFile): unknown {
  if (!document.ok) return null
  const { text, markup } = document
  if (/\r|\p{Cs}/u.test(text)) return 'text is not canonical'
  let last = { start: 0, end: Number.POSITIVE_INFINITY }
  for (const mark of markup.marks) {
    const isOrdered = mark.start > last.start || (mark.start === last.start && mark.end <= last.end)
    const isInside = mark.start >= 0 && mark.start < mark.end && mark.end <= text.length
    const isInline = mark.kind === 'strong' || mark.kind === 'emphasis'
    const isWhole =
      (mark.start === 0 || text[mark.start - 1] === '\n') &&
      (mark.end === text.length || text[mark.end] === '\n')
    if (!isOrdered || !isInside || (!isInline && !isWhole)) return mark
    last = mark
  }
  return null
}
