import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'

/**
 * The answer to `query`, asked again whenever rows that it read have changed. `undefined`
 * until the first answer, and again as soon as `question` is another one: an answer is never
 * shown for a question that it was not given to. A failing query throws into the nearest
 * error boundary.
 *
 * `question` names all that `query` depends on, as one string.
 */
export function useLive<T>(query: () => Promise<T>, question: string): T | undefined {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for all that `query` closes over
  useEffect(() => {
    const subscription = liveQuery(query).subscribe({
      next: value => setAnswer({ question, value }),
      error: (error: unknown) => setAnswer({ question, error }),
    })
    return () => subscription.unsubscribe()
  }, [question])
  if (answer?.question !== question) return undefined
  if ('error' in answer) throw answer.error
  return answer.value
}

type Answer<T> = { readonly question: string } & (
  | { readonly value: T }
  | { readonly error: unknown }
)
