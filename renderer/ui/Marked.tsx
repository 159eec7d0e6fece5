import { Fragment } from 'react'

export interface MarkedProps {
  readonly text: string
  /** Stretches of the text in ascending order, in UTF-16 units. */
  readonly marks: readonly { readonly start: number; readonly end: number }[]
}

/** A text in which what was searched for stands out. */
export function Marked({ text, marks }: MarkedProps) {
  return (
    <>
      {marks.map(({ start, end }, i) => (
        <Fragment key={start}>
          {text.slice(marks[i - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  )
}
