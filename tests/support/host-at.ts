import { request } from 'node:http'
import { type Carrier, hostOver } from '../../shared/carrier'
import type { Host } from '../../shared/host'

/**
 * The host of a running server, as a program sees it. Wrapped, because a host answers every
 * name, and so would pass for a promise.
 */
export async function hostAt(url: string): Promise<{ host: Host }> {
  const { origin } = new URL(url)
  const entered = await fetch(url, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  // No connection is kept: the server may be closing it while the next call sets out.
  const carrier: Carrier = (call, body) =>
    new Promise((resolve, reject) => {
      const headers = { origin, cookie, 'content-length': body.length }
      const options = { method: 'POST', headers, agent: false } as const
      request(`${origin}/host/${call}`, options, reply => {
        const chunks: Buffer[] = []
        reply
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
          .on('error', reject)
      })
        .on('error', reject)
        .end(body)
    })
  return { host: hostOver(carrier) }
}
