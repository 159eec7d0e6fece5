import { type Host, HostError, type HostReason } from './host'
import { inSlices } from './slices'
import { decodeWire, encodingOf } from './wire'

// The asking end of the host. A call is encoded, carried by whichever door is there, and the
// answer decoded; only the carrier differs between the desktop, the browser and a worker.

/** Carries one encoded call to the machine and brings the encoded answer back. */
export type Carrier = (call: string, body: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

/** The host behind a carrier. */
export function hostOver(carry: Carrier): Host {
  return new Proxy({} as Host, {
    get:
      (_target, call) =>
      (...args: unknown[]) =>
        ask(carry, String(call), args),
  })
}

async function ask(carry: Carrier, call: string, args: unknown[]): Promise<unknown> {
  const encoded = inSlices(encodingOf(args))
  const body = encoded instanceof Promise ? await encoded : encoded
  const answer = decodeWire(await carry(call, body)) as
    | { ok: true; value: unknown }
    | { ok: false; reason: HostReason; details: Record<string, string | number> }
  if (!answer.ok) throw new HostError(answer.reason, answer.details)
  return answer.value
}
