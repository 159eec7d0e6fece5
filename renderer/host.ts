import type { Carrier } from '../shared/carrier'
import { encodeWire } from '../shared/wire'
import { overHttp } from './over-http'

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
