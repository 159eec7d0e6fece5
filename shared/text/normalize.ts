/**
 * Which rules {@link normalizeText} follows. Reports store the number they were made with;
 * it goes up when the rules change.
 */
export const TEXT_VERSION = 1

/**
 * Raw text as a report keeps it: CRLF and a lone CR become LF, and nothing else changes.
 *
 * Form feeds, U+2028, full-width forms, decomposed letters and white space stay as the
 * file has them, so that a quote is what the source says.
 */
export function normalizeText(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
}
