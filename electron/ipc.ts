import type { Host } from '../shared/host'
import { HostError } from '../shared/host'
import { decodeWire, encodeWire } from '../shared/wire'
import { answerCall, MAX_CALL_BYTES } from './host/contract'
import { APP_ORIGIN } from './protocol'

/** The one channel between page and main process. */
export const CHANNEL = 'codicil:call'

/** Who sent a message: the frame it came from, as far as the check needs it. */
export interface Sender {
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null
}

/**
 * Whether a message came from our own page: from the top frame, of our own origin. A frame
 * that is gone, blank or embedded is refused.
 */
export function isOwnPage({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === APP_ORIGIN
}

/** Answers one message from a page: checks who asks and what, and never throws. */
export async function answerMessage(
  host: Host,
  sender: Sender,
  call: unknown,
  body: unknown,
): Promise<Uint8Array> {
  const refuse = ({ reason, details }: HostError) => encodeWire({ ok: false, reason, details })
  if (!isOwnPage(sender)) return refuse(new HostError('invalid-call'))
  if (typeof call !== 'string' || !(body instanceof Uint8Array)) {
    return refuse(new HostError('invalid-call'))
  }
  if (body.length > MAX_CALL_BYTES)
    return refuse(new HostError('too-large', { bytes: body.length }))
  let args: unknown
  try {
    args = decodeWire(body)
  } catch {
    args = undefined
  }
  return encodeWire(await answerCall(host, call, args))
}
