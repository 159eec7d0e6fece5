/**
 * Keeps the window where it is: refuses what would lead it, or a new window, to another origin,
 * lets a file or link that is dropped beside a field do nothing, and takes away calls from page
 * to page, which no content policy covers. On the desktop the window itself refuses all of it; a
 * plain browser has no such rules, so there the page keeps them.
 */
export function stayHere(): void {
  const shut = { writable: false, configurable: false }
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    Object.defineProperty(window, name, { value: undefined, ...shut })
  }
  Object.defineProperty(window, 'open', { value: () => null, ...shut })
  window.navigation?.addEventListener('navigate', event => {
    if (event.cancelable && !isOurs(event.destination.url)) event.preventDefault()
  })
  for (const type of ['click', 'auxclick'] as const) {
    window.addEventListener(type, refuseForeignLink, { capture: true })
  }
  // Where the page changes under the pointer only `dragenter` is asked, so it has to answer too.
  for (const type of ['dragenter', 'dragover', 'drop'] as const) {
    window.addEventListener(type, refuseStrayDrop)
  }
}

function refuseForeignLink(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link?.href && !isOurs(link.href)) event.preventDefault()
}

function refuseStrayDrop(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer) return
  const hasFiles = event.dataTransfer.types.includes('Files')
  if (!hasFiles && isField(event.target)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}

function isOurs(address: string): boolean {
  return new URL(address, location.href).origin === location.origin
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}
