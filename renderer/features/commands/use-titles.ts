import { useWords } from '../../locale/use-words'
import { type CommandId, handlerOf } from '../../session/commands'

/** What commands are called now: as exactly as whoever does them says. */
export function useTitles(): (id: CommandId) => string {
  const { t } = useWords()
  return id => handlerOf(id)?.title ?? t(`commands.${id}`)
}
