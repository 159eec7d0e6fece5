import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inSlices } from '../../shared/slices'
import { decodeWire, encodeWire, encodingOf } from '../../shared/wire'

/** Values of calls: plain, with byte arrays anywhere, and with arrays long enough to be cut. */
const VALUES = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }).filter(text => text.isWellFormed()),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom('$bytes', '"$bytes"', '{"$bytes":1}'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.tuple(tie('value'), fc.constantFrom(1, 101, 250)).map(([item, n]) => Array(n).fill(item)),
    fc.dictionary(
      fc.string().filter(key => key !== '$bytes' && key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value

describe('a call on the wire', () => {
  it('comes out as it went in, wherever the bytes stand', () => {
    fc.assert(
      fc.property(VALUES, value => {
        expect(decodeWire(encodeWire([value]))).toEqual([value])
      }),
    )
  })

  it('leaves out what is undefined, as JSON does', () => {
    const long = Array(200).fill({ a: undefined, b: 1 })
    expect(decodeWire(encodeWire({ long, gone: undefined, none: [undefined] }))).toEqual({
      long: Array(200).fill({ b: 1 }),
      none: [null],
    })
    expect(decodeWire(encodeWire({ only: undefined, long: [] }))).toEqual({ long: [] })
  })

  it('is encoded step by step to the same bytes', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => ({ id: `r${i}`, quote: '风电装机' }))
    const bytes = await inSlices(encodingOf(['session', { rows }, new Uint8Array([1, 2])]))
    expect(bytes).toEqual(encodeWire(['session', { rows }, new Uint8Array([1, 2])]))
    expect(decodeWire(bytes)).toEqual(['session', { rows }, new Uint8Array([1, 2])])
  })

  it('is encoded at once when it is small, so that calls stay in order', () => {
    expect(inSlices(encodingOf(['session', new Uint8Array(5)]))).toBeInstanceOf(Uint8Array)
  })
})
