import type { Carrier } from '../shared/carrier'
import { HostError } from '../shared/host'

/** The browser door's carrier, for pages and for workers: a request to the page's own server. */
export const overHttp: Carrier = async (call, body) => {
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
