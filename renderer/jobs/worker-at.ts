// The content policy lets a page start only scripts whose address a policy of its own has
// vouched for. This one vouches for the page's own files.

const policy = globalThis.trustedTypes?.createPolicy('codicil-worker', {
  createScriptURL: address => {
    if (new URL(address, location.href).origin !== location.origin)
      throw new Error('foreign script')
    return address
  },
})

/** Starts a worker from one of the build's own files, as `?worker&url` imports name them. */
export function workerAt(address: string): Worker {
  // Where the browser knows no such policies, it takes the address itself.
  const url = policy?.createScriptURL(address) ?? address
  return new Worker(url as string, { type: 'module' })
}

declare global {
  var trustedTypes:
    | {
        createPolicy(
          name: string,
          rules: { createScriptURL(address: string): string },
        ): { createScriptURL(address: string): unknown }
      }
    | undefined
}
