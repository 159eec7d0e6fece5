/** A number of bytes as people read it: `24 KB`, `1.5 MB`. `number` writes it in a language. */
export function toSize(bytes: number, number: (value: number) => string): string {
  if (bytes < 1000) return `${number(bytes)} B`
  if (bytes < 999_500) return `${number(Math.round(bytes / 1000))} KB`
  return `${number(Math.round(bytes / 100_000) / 10)} MB`
}
