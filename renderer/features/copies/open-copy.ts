import { type Host, HostError, type TaskResults, type UploadToken } from '../../../shared/host'
import { runTask, type TaskOptions } from '../../workspace/task'

/** How many bytes are sent at a time. */
const PART_BYTES = 4 * 1024 * 1024

/**
 * Sends a `.codicil` file to the host and has it made a project, where new projects go. `suffix`
 * is put behind its name should it be listed already. Rejects with a {@link HostError}, or with an
 * `AbortError` when it was cancelled; nothing remains then.
 */
export async function openCopy(
  host: Host,
  { file, suffix }: { file: File; suffix: string },
  { onProgress, signal }: Required<TaskOptions>,
): Promise<TaskResults['open-copy']> {
  const { home } = await host.about()
  const upload = await host.openUpload(file.name, file.size)
  try {
    await send(host, { file, upload }, { onProgress, signal })
    const wish = { kind: 'open-copy', upload, place: home.token, suffix } as const
    return await runTask<'open-copy'>(host, wish, { onProgress, signal })
  } finally {
    // The task has taken it, or never will.
    await host.abortUpload(upload).catch(() => {})
  }
}

async function send(
  host: Host,
  { file, upload }: { file: File; upload: UploadToken },
  { onProgress, signal }: Required<TaskOptions>,
): Promise<void> {
  for (let at = 0; at < file.size; at += PART_BYTES) {
    signal.throwIfAborted()
    onProgress({ phase: 'sending', done: at, total: file.size })
    const part = await file
      .slice(at, at + PART_BYTES)
      .arrayBuffer()
      .catch(() => {
        throw new HostError('vanished', { file: file.name })
      })
    await host.writeUpload(upload, new Uint8Array(part))
  }
}
