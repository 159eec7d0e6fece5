import { readFile } from 'node:fs/promises'

// Programs that copy a folder to other machines while someone writes in it can tear it, mix
// two people's work or take files away for a moment. Codicil notices that and refuses, but it
// is better to say so before. Their folders are known by their names, network disks by the
// system's list of mounts.

/** What shares a folder with other machines. `network` is a disk that another machine holds. */
export const SYNCERS = [
  'OneDrive',
  'iCloud',
  'Dropbox',
  'Google Drive',
  'Nutstore',
  'Baidu',
  'WeChat',
  'network',
] as const

export type Syncer = (typeof SYNCERS)[number]

/** What shares this folder with other machines, as far as its path shows; `null` for nothing. */
export async function syncedBy(folder: string): Promise<Syncer | null> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '')
  return syncerOf(folder, { platform: process.platform, mounts })
}

/** What {@link syncerOf} must know of the machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  /** Linux's `/proc/mounts`; empty elsewhere. */
  readonly mounts: string
}

/** {@link syncedBy} for a machine described by values. */
export function syncerOf(folder: string, { platform, mounts }: Surroundings): Syncer | null {
  const isWindows = platform === 'win32'
  if (isWindows && /^[\\/]{2}(?![.?][\\/](?!UNC[\\/]))/i.test(folder)) return 'network'
  const parts = folder.split(isWindows ? /[\\/]+/ : /\/+/).filter(Boolean)
  for (const [syncer, pattern] of FOLDERS) {
    if (parts.some(part => pattern.test(part))) return syncer
  }
  return isOnNetworkDisk(folder, mounts) ? 'network' : null
}

const FOLDERS: readonly (readonly [Syncer, RegExp])[] = [
  ['OneDrive', /^OneDrive(\b.*)?$/i],
  ['iCloud', /^(com~apple~CloudDocs|Mobile Documents|iCloud ?Drive|iCloud云盘|iCloud 云盘)$/i],
  ['Dropbox', /^(Dropbox( \(.+\))?|CloudStorage-Dropbox|Dropbox-.+)$/i],
  ['Google Drive', /^(Google ?Drive(-.+)?|DriveFS|My Drive|我的云端硬盘)$/i],
  ['Nutstore', /^(Nutstore( Files)?|\.?Nutstore.*|我的坚果云|坚果云.*)$/i],
  ['Baidu', /^(BaiduSyncdisk|BaiduNetdisk.*|BaiduYun.*|百度网盘.*|百度云.*)$/i],
  ['WeChat', /^(WeChat Files|xwechat_files|com\.tencent\.xinWeChat|微信文件|WXWork)$/i],
]

/** File systems whose disk is another machine's. */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|smb3|sshfs|fuse\.sshfs|fuse\.rclone|9p|afs|ceph|davfs|fuse\.davfs2?|glusterfs|fuse\.glusterfs|ncpfs)$/

/** Whether the mount that a folder is in is a network disk's. */
function isOnNetworkDisk(folder: string, mounts: string): boolean {
  let nearest = ''
  let type = ''
  for (const line of mounts.split('\n')) {
    const [, at, kind] = line.split(' ')
    if (!at || !kind) continue
    // The list writes spaces and the like in octal.
    const path = at.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    )
    const isAbove = path === '/' || folder === path || folder.startsWith(`${path}/`)
    if (isAbove && path.length >= nearest.length) {
      nearest = path
      type = kind
    }
  }
  return NETWORK.test(type)
}
