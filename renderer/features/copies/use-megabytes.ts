import { useWords } from '../../locale/use-words'

/** A number of bytes as people read it, in megabytes: `0.1 MB`, `24.3 MB`. */
export function useMegabytes(): (bytes: number) => string {
  const { number } = useWords()
  return bytes => `${number(Math.ceil(bytes / 100_000) / 10)} MB`
}
