/** Bytes that the project's name may take, so that the host's limit leaves room for the day. */
const NAME_BYTES = 100

/** What a copy is called unless the researcher says otherwise: `Name 2024-05-06.codicil`. */
export function copyNameFor(projectName: string, day: Date): string {
  const encoder = new TextEncoder()
  let name = ''
  for (const character of projectName) {
    if (encoder.encode(name + character).length > NAME_BYTES) break
    name += character
  }
  const two = (n: number) => String(n).padStart(2, '0')
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  return `${`${name.trim()} ${date}`.trim()}.codicil`
}
