// @vitest-environment happy-dom
import { type ReactNode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { CopyFailed } from '../../../renderer/data/commit'
import { startI18n } from '../../../renderer/locale/i18n'
import { RenameSetDialog } from '../../../renderer/sets/RenameSetDialog'
import { useAttempt } from '../../../renderer/sets/use-attempt'
import { type ToastContent, ToastContext } from '../../../renderer/ui/use-toast'
import { WorkspaceProvider } from '../../../renderer/workspace/context'
import type { Workspace } from '../../../renderer/workspace/open'
import { Refusal } from '../../../shared/commands/command'
import { deleteSet } from '../../../shared/commands/sets'
import type { ReportSetId } from '../../../shared/domain/id'
import type { ReportSet } from '../../../shared/domain/variable'

const set: ReportSet = { id: 's' as ReportSetId, name: 'x', members: '', rule: null, createdAt: 0 }

it('says in a toast why a set was not changed, unless the shell says it', async () => {
  const refused = await attempted(new Refusal('set-missing'))
  expect(refused).toEqual([expect.objectContaining({ kind: 'danger' })])
  expect(await attempted(new CopyFailed())).toEqual([])
})

it('says beneath the name why a set has none yet, unless the shell says it', async () => {
  expect(await renamed(new Refusal('name-taken'))).toContain('name')
  expect(await renamed(new CopyFailed())).toBeNull()
})

/** The toasts of a change that fails. */
async function attempted(error: Error): Promise<ToastContent[]> {
  const toasts: ToastContent[] = []
  const onOver = vi.fn()
  await using _shown = showing(error, <Attempting onOver={onOver} />, toast => toasts.push(toast))
  await vi.waitFor(() => expect(onOver).toHaveBeenCalled())
  return toasts
}

function Attempting({ onOver }: { onOver(): void }) {
  const attempt = useAttempt()
  // biome-ignore lint/correctness/useExhaustiveDependencies: one attempt is enough
  useEffect(() => {
    void attempt(deleteSet(set.id), 'done').then(onOver)
  }, [])
  return null
}

/** What the dialog says when renaming fails. */
async function renamed(error: Error): Promise<string | null> {
  await using shown = showing(error, <RenameSetDialog set={set} onClose={() => {}} />)
  const save = await vi.waitFor(() => {
    const button = document.querySelector<HTMLButtonElement>('button[type="submit"]')
    expect(button).not.toBeNull()
    return button!
  })
  save.click()
  await vi.waitFor(() => expect(shown.asked()).toBe(1))
  await vi.waitFor(() => expect(save.disabled).toBe(false))
  return document.querySelector('.field-error')?.textContent ?? null
}

/** Something on a page where every change fails. */
function showing(
  error: Error,
  children: ReactNode,
  onToast: (toast: ToastContent) => void = () => {},
) {
  startI18n('en')
  let asked = 0
  const run = async () => {
    asked++
    throw error
  }
  const workspace = { db: null, runner: { run } } as unknown as Workspace
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  root.render(
    <ToastContext value={onToast}>
      <WorkspaceProvider workspace={workspace}>{children}</WorkspaceProvider>
    </ToastContext>,
  )
  return {
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      root.unmount()
      box.remove()
    },
  }
}
