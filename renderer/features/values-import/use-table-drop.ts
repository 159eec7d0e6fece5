import { useEffect, useEffectEvent, useState } from 'react'

/**
 * Takes a file that is dropped anywhere on the window, before anything else hears of it: while
 * this is in use, dropped files are tables and not reports. Answers whether one is over it.
 */
export function useTableDrop(onDrop: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(onDrop)
  useEffect(() => {
    const mine = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return false
      event.preventDefault()
      event.stopPropagation()
      return true
    }
    const over = (event: DragEvent) => {
      if (!mine(event)) return
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Without a related target the pointer has left the window.
      if (mine(event) && event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      const file = mine(event) ? event.dataTransfer?.files[0] : undefined
      if (file) take(file)
    }
    const capture = { capture: true }
    window.addEventListener('dragenter', over, capture)
    window.addEventListener('dragover', over, capture)
    window.addEventListener('dragleave', leave, capture)
    window.addEventListener('drop', drop, capture)
    return () => {
      window.removeEventListener('dragenter', over, capture)
      window.removeEventListener('dragover', over, capture)
      window.removeEventListener('dragleave', leave, capture)
      window.removeEventListener('drop', drop, capture)
    }
  }, [])
  return isOver
}
