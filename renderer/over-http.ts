import type { Carrier } from '../shared/carrier'
import { HostError } from '../shared/host'

/** Up to this size making a blob takes longer than copying. */
const SMALL_BYTES = 64 * 1024

/** The browser door's carrier, for pages and for workers: a request to the page's own server. */
export const overHttp: Carrier = async (call, body) => {
  try {
    // A large blob is sent from where it lies; a byte array would be copied while the page waits.
    const sent = body.length < SMALL_BYTES ? body : new Blob([body])
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
