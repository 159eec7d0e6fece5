import type { Carrier } from '../shared/carrier'
import { HostError } from '../shared/host'
import { encodeWire } from '../shared/wire'

declare global {
  interface Window {
    /** What the desktop's preload script offers. */
    readonly codicil?: { readonly call: Carrier }
  }
}

/** The carrier of the door through which this page was opened. */
export function pageCarrier(): Carrier {
  return window.codicil?.call ?? overHttp
}

/** Says goodbye while the page is being left: the answer is not waited for. */
export function closeOnLeaving(session: string): void {
  const body = encodeWire([session])
  if (window.codicil) void window.codicil.call('closeProject', body)
  else void fetch('/host/closeProject', { method: 'POST', body, keepalive: true }).catch(() => {})
}

async function overHttp(call: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    // A blob is sent from where it lies; a byte array would be copied while the page waits.
    const sent = new Blob([body])
    const reply = await fetch(`/host/${call}`, { method: 'POST', body: sent })
    if (reply.status !== 200 && reply.status !== 413) {
      throw new HostError('unreachable', { status: reply.status })
    }
    return new Uint8Array(await reply.arrayBuffer())
  } catch (error) {
    if (error instanceof HostError) throw error
    throw new HostError('unreachable', { status: 0 })
  }
}
