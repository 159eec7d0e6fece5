/** A compound file, as Office wrote them before 2007, with these streams. */
export function compound(...names: string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 4)
  const view = new DataView(bytes.buffer)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(30, 9, true)
  view.setUint32(44, 1, true)
  view.setUint32(48, 1, true)
  view.setUint32(512 + 4, 0xfffffffe, true)
  for (const [i, name] of ['Root Entry', ...names].entries()) {
    const at = 1024 + i * 128
    for (let unit = 0; unit < name.length; unit++) {
      view.setUint16(at + unit * 2, name.charCodeAt(unit), true)
    }
    view.setUint16(at + 64, (name.length + 1) * 2, true)
    view.setUint32(at + 116, 2, true)
  }
  return bytes
}
