import { useEffect, useRef } from 'react'
import { type CommandHandlers, useCommandSources } from '../session/commands'

/** Makes commands do these things as long as the component is on screen. */
export function useCommands(handlers: CommandHandlers): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => useCommandSources.getState().add(() => latest.current), [])
}
