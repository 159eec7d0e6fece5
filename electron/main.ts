import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  screen,
  session,
} from 'electron'
import { readAssets } from './assets'
import { writeFileWhole } from './host/disk'
import { createLocalHost, type LocalHost } from './host/host'
import { answerMessage, CHANNEL } from './ipc'
import { menuTemplate } from './menu'
import { APP_SCHEME, answerAsset, FIRST_PAGE, type PageAddress, SAFE_PAGE } from './protocol'
import {
  besideOthers,
  boundsFrom,
  closeAll,
  confine,
  confineSession,
  createRescue,
  MAX_WINDOWS,
  showWhenReady,
  windowOptions,
} from './window'

// Starts things in order. Only this file passes Electron's own objects around; what they are
// used for stands in modules that are tested without them.

const dataDir = app.commandLine.getSwitchValue('data-dir')
if (dataDir) app.setPath('userData', join(resolve(dataDir), '.codicil', 'desktop'))
app.enableSandbox()
protocol.registerSchemesAsPrivileged([APP_SCHEME])
app.on('web-contents-created', (_event, contents) => confine(contents, openAnother))

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(start, fail)
} else {
  app.quit()
}

async function start(): Promise<void> {
  const dataFolder = app.getPath('userData')
  const assets = await readAssets(join(import.meta.dirname, '../renderer'))
  const local = await createLocalHost({
    version: app.getVersion(),
    door: 'desktop',
    dataFolder,
    home: dataDir ? resolve(dataDir) : join(homedir(), 'Codicil'),
    askForFolder,
    threadFile: join(import.meta.dirname, 'thread.js'),
    urlOfWritten: () => null,
    now: () => Date.now(),
  })
  await confineSession(session.defaultSession, { hasDevTools: !app.isPackaged })
  protocol.handle('app', request => answerAsset(assets, request))
  protocol.handle('file', () => new Response(null, { status: 404 }))
  ipcMain.handle(CHANNEL, (event, call: unknown, body: unknown) =>
    answerMessage(local.host, event, call, body),
  )
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        isMac: process.platform === 'darwin',
        isChinese: app.getLocale().startsWith('zh'),
        openWindow: () => openAnother(FIRST_PAGE),
      }),
    ),
  )
  await openWindow(FIRST_PAGE)
  app.on('second-instance', focusWindow)
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(FIRST_PAGE).catch(fail)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitWhenWritten(local)
}

/** One more window with our own page in it, unless there are many already. */
function openAnother(address: PageAddress): void {
  if (BrowserWindow.getAllWindows().length < MAX_WINDOWS) openWindow(address).catch(fail)
  else focusWindow()
}

async function openWindow(address: PageAddress): Promise<void> {
  const kept = join(app.getPath('userData'), 'window.json')
  const screens = screen.getAllDisplays().map(display => display.workArea)
  const others = BrowserWindow.getAllWindows().length
  const bounds = besideOthers(boundsFrom(readJson(kept), screens), others)
  const window = new BrowserWindow(
    windowOptions(bounds, {
      isDark: nativeTheme.shouldUseDarkColors,
      hasDevTools: !app.isPackaged,
    }),
  )
  showWhenReady(window)
  window.on('close', () => {
    writeFileWhole(kept, JSON.stringify(window.getNormalBounds())).catch(() => {})
  })
  window.webContents.on('will-prevent-unload', event => {
    const isChinese = app.getLocale().startsWith('zh')
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: isChinese ? '还有内容没有保存到磁盘。' : 'Something is not on disk yet.',
      detail: isChinese
        ? '现在离开会失去这一步；之前保存的内容不受影响。'
        : 'Leaving now loses that step; what was saved before is not affected.',
      buttons: isChinese ? ['留下', '离开'] : ['Stay', 'Leave'],
      defaultId: 0,
      cancelId: 0,
    })
    if (choice === 1) event.preventDefault()
  })
  const rescue = createRescue(() => Date.now())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed() || reason === 'clean-exit') return
    switch (rescue()) {
      case 'reload':
        return window.webContents.reload()
      case 'safe-start':
        return void window.loadURL(SAFE_PAGE).catch(() => {})
      case 'stop':
        sayThatItKeepsFailing()
        return window.destroy()
    }
  })
  await window.loadURL(address)
}

/** Holds quitting back until everything is on disk and every project is let go of. */
function quitWhenWritten(local: LocalHost): void {
  let isWritten = false
  app.on('before-quit', event => {
    if (isWritten) return
    event.preventDefault()
    // The pages go first: each says goodbye to its project while the host still listens.
    closeAll(BrowserWindow.getAllWindows())
      .then(async areClosed => {
        // Someone stays with what is not on disk yet: the program goes on.
        if (!areClosed) return
        await local.shutDown()
        isWritten = true
        app.quit()
      })
      .catch(() => app.exit(1))
  })
}

async function askForFolder(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function sayThatItKeepsFailing(): void {
  dialog.showErrorBox(
    'Codicil',
    'Codicil 的窗口反复崩溃，现已关闭。已保存的内容在项目文件夹中，是安全的。请重新启动电脑后再试。\n' +
      'A window of Codicil kept crashing and was closed. Saved work is safe in the project folders. Restart the computer and try again.',
  )
}

function fail(error: unknown): void {
  const english = 'Codicil could not start. Saved work is safe in the project folders.'
  dialog.showErrorBox(
    'Codicil',
    `Codicil 无法启动。已保存的内容在项目文件夹中，是安全的。\n${english}\n\n${error}`,
  )
  app.exit(1)
}
