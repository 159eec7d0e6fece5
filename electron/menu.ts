import type { MenuItemConstructorOptions } from 'electron'

/** What the menu depends on. */
export interface MenuOptions {
  readonly isMac: boolean
  readonly isChinese: boolean
  /** Opens one more window. */
  openWindow(): void
}

/**
 * The application menu. Its editing entries are there so that the system's keys and input
 * methods work in text fields; what Codicil itself does stands in the page's own menu.
 */
export function menuTemplate({
  isMac,
  isChinese,
  openWindow,
}: MenuOptions): MenuItemConstructorOptions[] {
  const say = (chinese: string, english: string) => (isChinese ? chinese : english)
  const edit: MenuItemConstructorOptions = {
    label: say('编辑', 'Edit'),
    submenu: [
      { role: 'cut', label: say('剪切', 'Cut') },
      { role: 'copy', label: say('复制', 'Copy') },
      { role: 'paste', label: say('粘贴', 'Paste') },
      { role: 'selectAll', label: say('全选', 'Select all') },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: say('视图', 'View'),
    submenu: [
      { role: 'resetZoom', label: say('实际大小', 'Actual size') },
      { role: 'zoomIn', label: say('放大', 'Zoom in') },
      { role: 'zoomOut', label: say('缩小', 'Zoom out') },
      { type: 'separator' },
      { role: 'togglefullscreen', label: say('全屏', 'Full screen') },
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: say('文件', 'File'),
    submenu: [
      {
        label: say('新建窗口', 'New Window'),
        accelerator: 'CommandOrControl+Shift+N',
        click: () => openWindow(),
      },
      { type: 'separator' },
      isMac
        ? { role: 'close', label: say('关闭窗口', 'Close Window') }
        : { role: 'quit', label: say('退出', 'Quit') },
    ],
  }
  return isMac
    ? [{ role: 'appMenu' }, file, edit, view, { role: 'windowMenu' }]
    : [file, edit, view]
}
