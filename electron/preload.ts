import { contextBridge, ipcRenderer } from 'electron'

// Hands the page one function: it carries an encoded call to the main process and brings the
// encoded answer back. Nothing of Electron itself reaches the page.

contextBridge.exposeInMainWorld('codicil', {
  call: (call: string, body: Uint8Array): Promise<Uint8Array> =>
    ipcRenderer.invoke('codicil:call', String(call), body),
})
