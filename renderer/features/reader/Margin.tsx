import type { AnnotationId } from '../../../shared/domain/id'
import { packLanes, type Span } from './lanes'

/** An annotation as drawn in the margin. */
export interface Stripe extends Span {
  readonly id: AnnotationId
  readonly code: string
  /** A CSS colour. */
  readonly color: string
}

interface MarginProps {
  readonly label: string
  /** Ordered by `top`, in pixels from the top of the text. */
  readonly stripes: readonly Stripe[]
  readonly picked: ReadonlySet<AnnotationId>
  onPick(id: AnnotationId): void
}

/** Code stripes beside the text. The reader measures; this only draws. */
export function Margin({ label, stripes, picked, onPick }: MarginProps) {
  return (
    <ol className="margin" aria-label={label}>
      {packLanes(stripes).map(({ id, code, color, lane, top, bottom }) => (
        <li
          key={id}
          className={picked.has(id) ? 'stripe is-picked' : 'stripe'}
          style={{
            insetBlockStart: top,
            blockSize: Math.max(2, bottom - top - 2),
            '--lane': lane,
            '--code': color,
          }}
        >
          <button type="button" title={code} data-stripe={id} onClick={() => onPick(id)}>
            <span className="stripe-name">{code}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
