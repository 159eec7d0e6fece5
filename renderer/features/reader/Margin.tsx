import type { AnnotationId } from '../../../shared/domain/id'
import { packLanes, type Span, stackNames } from './lanes'

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
  onPick(id: AnnotationId, how: { readonly byKeyboard: boolean }): void
}

/** A name's height, in pixels. */
const NAME_HEIGHT = 20

/**
 * Code stripes beside the text, and behind them their names, one below the other where several
 * begin together. The reader measures; this only draws.
 */
export function Margin({ label, stripes, picked, onPick }: MarginProps) {
  const packed = packLanes(stripes)
  const lanes = Math.max(0, ...packed.map(({ lane }) => lane)) + 1
  const names = stackNames(stripes, NAME_HEIGHT)
  return (
    <ol className="margin" aria-label={label} style={{ '--lanes': lanes }}>
      {packed.map(({ id, code, color, lane, top, bottom }, i) => (
        <li
          key={id}
          className={picked.has(id) ? 'stripe is-picked' : 'stripe'}
          style={{
            insetBlockStart: top,
            blockSize: Math.max(6, bottom - top - 2),
            '--lane': lane,
            '--code': color,
            '--name-top': `${(names[i] ?? top) - top}px`,
          }}
        >
          <button
            type="button"
            title={code}
            onClick={event => onPick(id, { byKeyboard: event.detail === 0 })}
          >
            <span className="stripe-bar" aria-hidden />
            <span className="stripe-name" data-stripe={id}>
              {code}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
