import { Keyboard, RotateCcw } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useWords } from '../../locale/use-words'
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId } from '../../session/commands'
import { commandsFor, keyOf, keysOf, mayBeKeyOf, useKeyMap } from '../../session/key-map'
import { Button } from '../../ui/Button'
import { isComposing } from '../../ui/composing'
import { Dialog } from '../../ui/Dialog'
import { IconButton } from '../../ui/IconButton'
import { Kbd } from '../../ui/Kbd'
import './commands.css'

interface KeySheetProps {
  onClose(): void
}

/** All commands with their keys, which can be changed here. */
export function KeySheet({ onClose }: KeySheetProps) {
  const { t } = useWords()
  const { chosen, choose, reset } = useKeyMap()
  /** The command whose new key is waited for, and why the last one was not taken. */
  const [asking, setAsking] = useState<{ id: CommandId; clash: CommandId | null } | null>(null)

  const take = (event: KeyboardEvent) => {
    // Tab leads on, as everywhere.
    if (!asking || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (isComposing(event)) return
    if (event.key === 'Escape') return setAsking(null)
    if (event.key === 'Backspace' || event.key === 'Delete') {
      choose(asking.id, [])
      return setAsking(null)
    }
    const key = keyOf(event)
    if (key === null || !mayBeKeyOf(asking.id, key)) return
    const clash = commandsFor(key, chosen).find(id => id !== asking.id)
    if (clash) return setAsking({ id: asking.id, clash })
    choose(asking.id, [key])
    setAsking(null)
  }
  return (
    <Dialog
      isOpen
      size="large"
      title={t('keySheet.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footerNote={t('keySheet.note')}
      footer={
        <>
          <Button isDisabled={Object.keys(chosen).length === 0} onPress={reset}>
            {t('keySheet.reset')}
          </Button>
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        </>
      }
    >
      <div className="key-sheet">
        {COMMAND_GROUPS.map(group => (
          <section key={group} className="key-group">
            <h3>{t(`keySheet.groups.${group}`)}</h3>
            <ul>
              {COMMAND_IDS.filter(id => COMMANDS[id].group === group).map(id => (
                <li key={id} className="key-line">
                  <span className="key-name">{t(`commands.${id}`)}</span>
                  {asking?.id === id ? (
                    <button
                      type="button"
                      className="key-asking"
                      ref={button => button?.focus()}
                      onKeyDown={take}
                      onBlur={() => setAsking(null)}
                    >
                      {asking.clash
                        ? t('keySheet.clash', { command: t(`commands.${asking.clash}`) })
                        : t('keySheet.press')}
                    </button>
                  ) : (
                    <>
                      <span className="key-keys">
                        {id === 'codeByDigit' ? (
                          <Kbd keys="1-9" />
                        ) : (
                          keysOf(id, chosen).map(keys => <Kbd key={keys} keys={keys} />)
                        )}
                      </span>
                      {id !== 'codeByDigit' && (
                        <IconButton
                          size="small"
                          label={t('keySheet.change', { command: t(`commands.${id}`) })}
                          icon={<Keyboard aria-hidden />}
                          onPress={() => setAsking({ id, clash: null })}
                        />
                      )}
                      {chosen[id] && (
                        <IconButton
                          size="small"
                          label={t('keySheet.back', { command: t(`commands.${id}`) })}
                          icon={<RotateCcw aria-hidden />}
                          onPress={() => choose(id, null)}
                        />
                      )}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
