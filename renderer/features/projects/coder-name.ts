const KEY = 'codicil.coder-name'

/** The name that was last given for a coder on this machine. */
export function recallCoderName(): string {
  return localStorage.getItem(KEY) ?? ''
}

export function rememberCoderName(name: string): void {
  localStorage.setItem(KEY, name)
}
