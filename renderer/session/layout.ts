import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { firstLanguage, type Language } from '../locale/language'

export type Theme = 'system' | 'light' | 'dark'

/** What the two side panels are called; the reader takes the room between them. */
export type PanelId = 'library' | 'codebook'

export interface PanelState {
  /** Pixels, also remembered while the panel is closed. */
  readonly width: number
  readonly isOpen: boolean
}

/** How the researcher likes the program. Kept on this machine, apart from any project. */
export interface Layout {
  readonly theme: Theme
  readonly language: Language
  readonly panels: Readonly<Record<PanelId, PanelState>>
  /** Pixels. */
  readonly readerFontSize: number
  /** Whether the outline stands beside the report. */
  readonly isOutlineOpen: boolean
}

export interface LayoutStore extends Layout {
  chooseTheme(theme: Theme): void
  chooseLanguage(language: Language): void
  setPanel(id: PanelId, change: Partial<PanelState>): void
  /** Sizes outside {@link READER_FONT_SIZES} are brought to the nearer end. */
  setReaderFontSize(px: number): void
  showOutline(isOutlineOpen: boolean): void
}

/** The smallest and the largest size of the reader's text, and the one it starts with. */
export const READER_FONT_SIZES = { min: 12, max: 32, usual: 17 } as const

const WIDTHS = { min: 160, max: 900 } as const

/** The layout as a hook; `useLayout.getState()` and `.subscribe()` outside React. */
export const useLayout = create<LayoutStore>()(
  persist(
    set => ({
      ...usualLayout(),
      chooseTheme: theme => set({ theme }),
      chooseLanguage: language => set({ language }),
      setPanel: (id, change) =>
        set(({ panels }) => ({ panels: { ...panels, [id]: { ...panels[id], ...change } } })),
      setReaderFontSize: px => set({ readerFontSize: within(READER_FONT_SIZES, px) }),
      showOutline: isOutlineOpen => set({ isOutlineOpen }),
    }),
    {
      name: 'codicil.layout',
      version: 1,
      partialize: ({ theme, language, panels, readerFontSize, isOutlineOpen }): Layout => ({
        theme,
        language,
        panels,
        readerFontSize,
        isOutlineOpen,
      }),
      merge: (stored, current) => ({ ...current, ...toLayout(stored) }),
    },
  ),
)

function usualLayout(): Layout {
  return {
    theme: 'system',
    language: firstLanguage(),
    panels: { library: { width: 260, isOpen: true }, codebook: { width: 300, isOpen: true } },
    readerFontSize: READER_FONT_SIZES.usual,
    isOutlineOpen: true,
  }
}

/** What local storage held, with the usual value for anything that makes no sense. */
export function toLayout(stored: unknown): Layout {
  const usual = usualLayout()
  const { theme, language, panels, readerFontSize, isOutlineOpen } = fieldsOf(stored)
  const { library, codebook } = fieldsOf(panels)
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language === 'zh' || language === 'en' ? language : usual.language,
    panels: {
      library: toPanel(library, usual.panels.library),
      codebook: toPanel(codebook, usual.panels.codebook),
    },
    readerFontSize: isSize(readerFontSize)
      ? within(READER_FONT_SIZES, readerFontSize)
      : usual.readerFontSize,
    isOutlineOpen: typeof isOutlineOpen === 'boolean' ? isOutlineOpen : usual.isOutlineOpen,
  }
}

function toPanel(stored: unknown, usual: PanelState): PanelState {
  const { width, isOpen } = fieldsOf(stored)
  return {
    width: isSize(width) ? within(WIDTHS, width) : usual.width,
    isOpen: typeof isOpen === 'boolean' ? isOpen : usual.isOpen,
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function within({ min, max }: { min: number; max: number }, value: number): number {
  return Math.min(max, Math.max(min, Math.round(value)))
}
