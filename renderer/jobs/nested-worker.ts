// worker-at.ts starts workers for the page. In a worker the content policy holds as well and asks
// for the same voucher, which can be had once in each: only the app's own files are run.

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): unknown }
}

const types: TrustedTypes | undefined = Reflect.get(globalThis, 'trustedTypes')

const policy = types?.createPolicy('codicil-worker', {
  createScriptURL: address => {
    if (new URL(address, self.location.href).origin !== self.location.origin) {
      throw new Error('foreign script')
    }
    return address
  },
})

/** Starts a worker from within a worker, from one of the build's own files. */
export function nestedWorker(address: string): Worker {
  const url = policy?.createScriptURL(address) ?? address
  return new Worker(url as string, { type: 'module' })
}
