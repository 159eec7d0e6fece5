import type { Carrier } from '../shared/carrier'
import { HostError } from '../shared/host'
import { inSlices } from '../shared/slices'

/** Up to this size making a blob takes longer than copying. */
const SMALL_BYTES = 64 * 1024

/** As many bytes are copied at once as nobody feels. */
const PIECE_BYTES = 1024 * 1024

/** The browser door's carrier, for pages and for workers: a request to the page's own server. */
export const overHttp: Carrier = async (call, body) => {
  try {
    // A large blob is sent from where it lies; a byte array would be copied while the page waits.
    const sent = body.length < SMALL_BYTES ? body : await blobOf(body)
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

/** A blob put together from pieces, so that copying tens of megabytes lets others have a turn. */
async function blobOf(body: Uint8Array<ArrayBuffer>): Promise<Blob> {
  function* steps(): Generator<undefined, Blob> {
    const pieces: Blob[] = []
    for (let at = 0; at < body.length; at += PIECE_BYTES) {
      pieces.push(new Blob([body.subarray(at, at + PIECE_BYTES)]))
      yield
    }
    return new Blob(pieces)
  }
  return inSlices(steps())
}
