import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components'
import './progress.css'

export interface ProgressBarProps {
  readonly label: string
  readonly hideLabel?: boolean
  /** 0 to 1; `null` when nobody knows how much there is to do. */
  readonly value: number | null
  /** Said at the label's other end, such as "120 of 5,000". */
  readonly note?: string
}

/** How far long work has come. */
export function ProgressBar({ label, hideLabel, value, note }: ProgressBarProps) {
  const part = value === null ? null : Math.min(1, Math.max(0, value))
  return (
    <AriaProgressBar
      className="progress"
      isIndeterminate={part === null}
      value={(part ?? 0) * 100}
      {...(note === undefined ? {} : { valueLabel: note })}
    >
      {(!hideLabel || note) && (
        <div className="progress-words">
          <Label className={hideLabel ? 'visually-hidden' : ''}>{label}</Label>
          <span className="progress-note">{note}</span>
        </div>
      )}
      {hideLabel && !note && <Label className="visually-hidden">{label}</Label>}
      <div className="progress-track">
        <div
          className={part === null ? 'progress-part progress-unknown' : 'progress-part'}
          style={part === null ? {} : { scale: `${part} 1` }}
        />
      </div>
    </AriaProgressBar>
  )
}
