import type { Code } from './code'

/**
 * Colours for codes: eight hues in three depths, each told from white, from the dark surface
 * and from one another.
 */
export const PALETTE = [
  '#c8452f',
  '#c77d0a',
  '#8a8f1c',
  '#3f9142',
  '#149189',
  '#3478c6',
  '#7759c2',
  '#b8478f',
  '#e07a63',
  '#dfa13d',
  '#aeb04a',
  '#71b36b',
  '#4fb5ac',
  '#6ea3dd',
  '#a08ad9',
  '#d67fb5',
  '#95301f',
  '#8f5a0a',
  '#63671a',
  '#2c6a34',
  '#0f6963',
  '#245590',
  '#543d8f',
  '#873067',
] as const

/**
 * A colour for a new code: of the palette, the one that is furthest from the colours of those
 * it will stand among, and among equals the one that the codebook uses least.
 */
export function suggestColor(codes: readonly Code[], parentId: Code['parentId']): string {
  const near = codes.filter(code => code.parentId === parentId || code.id === parentId)
  const uses = (color: string) => codes.filter(code => code.color === color).length
  const gap = (color: string) => Math.min(200, ...near.map(code => distance(color, code.color)))
  let best: string = PALETTE[0]
  for (const color of PALETTE) {
    const gain = gap(color) - gap(best) || uses(best) - uses(color)
    if (gain > 0) best = color
  }
  return best
}

/** How far apart two `#rrggbb` look, roughly: a distance weighted the way the eye is. */
function distance(a: string, b: string): number {
  const [r1, g1, b1] = channels(a)
  const [r2, g2, b2] = channels(b)
  return Math.sqrt(2 * (r1 - r2) ** 2 + 4 * (g1 - g2) ** 2 + 3 * (b1 - b2) ** 2)
}

function channels(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
