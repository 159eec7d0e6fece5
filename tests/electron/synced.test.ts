import { expect, it } from 'vitest'
import { syncerOf } from '../../electron/host/synced'

const MOUNTS = [
  'sysfs /sys sysfs rw 0 0',
  '/dev/sda1 / ext4 rw 0 0',
  'nas:/export /mnt/nas nfs4 rw 0 0',
  '//server/share /mnt/team\\040files cifs rw 0 0',
  'ann@host:/ /home/ann/far fuse.sshfs rw 0 0',
  '/dev/sdb1 /mnt/nas/inner ext4 rw 0 0',
].join('\n')

it.each([
  ['linux', '/home/ann/Codicil/Study', null],
  ['linux', '/home/ann/OneDrive/Study', 'OneDrive'],
  ['linux', '/home/ann/onedrivers/Study', null],
  ['linux', '/home/ann/My OneDrive notes/Study', null],
  ['linux', '/home/ann/Dropbox/Study', 'Dropbox'],
  ['linux', '/home/ann/Dropbox (Institute)/Study', 'Dropbox'],
  ['linux', '/home/ann/Nutstore Files/Study', 'Nutstore'],
  ['linux', '/home/ann/我的坚果云/课题', 'Nutstore'],
  ['linux', '/home/ann/百度网盘/课题', 'Baidu'],
  ['linux', '/mnt/nas/Study', 'network'],
  ['linux', '/mnt/nas/inner/Study', null],
  ['linux', '/mnt/nasty/Study', null],
  ['linux', '/mnt/team files/Study', 'network'],
  ['linux', '/home/ann/far/Study', 'network'],
  ['darwin', '/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/Study', 'iCloud'],
  ['darwin', '/Users/ann/Library/CloudStorage/OneDrive-Personal/Study', 'OneDrive'],
  [
    'darwin',
    '/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/Study',
    'Google Drive',
  ],
  ['darwin', '/Users/ann/Library/CloudStorage/Dropbox/Study', 'Dropbox'],
  ['darwin', '/Users/ann/Documents/Study', null],
  ['win32', 'C:\\Users\\Ann\\OneDrive - Institute\\Study', 'OneDrive'],
  ['win32', 'C:\\Users\\Ann\\iCloudDrive\\Study', 'iCloud'],
  ['win32', 'G:\\我的云端硬盘\\Study', 'Google Drive'],
  ['win32', 'D:\\BaiduSyncdisk\\课题', 'Baidu'],
  ['win32', 'D:\\BaiduNetdiskDownload\\课题', 'Baidu'],
  ['win32', 'D:\\WeChat Files\\wxid_1\\FileStorage\\课题', 'WeChat'],
  ['win32', 'D:\\xwechat_files\\课题', 'WeChat'],
  ['win32', '\\\\server\\share\\Study', 'network'],
  ['win32', '\\\\?\\UNC\\server\\share\\Study', 'network'],
  ['win32', '\\\\?\\C:\\Study', null],
  ['win32', 'C:\\Users\\Ann\\Documents\\Study', null],
] as const)('on %s, %s is shared by %s', (platform, folder, syncer) => {
  const mounts = platform === 'linux' ? MOUNTS : ''
  expect(syncerOf(folder, { platform, mounts })).toBe(syncer)
})
