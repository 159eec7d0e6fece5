import { afterEach, describe, expect, it, vi } from 'vitest'
import { viewAddress, viewOf } from '../../../renderer/workspace/address'
import type { ProjectId } from '../../../shared/domain/id'

afterEach(() => vi.unstubAllGlobals())

const PROJECT = '01hzx3k9qv0abcdefghj' as ProjectId

describe('the address of a view', () => {
  it.each([null, '00000042'])('is read as it was written, for snapshot %s', snapshot => {
    vi.stubGlobal('location', { pathname: '/' })
    const address = viewAddress({ project: PROJECT, snapshot })
    expect(viewOf(address.slice(1))).toEqual({ project: PROJECT, snapshot })
  })

  it.each([
    '',
    '?snapshot=00000042',
    '?project=',
    '?project=../x',
    '?project=a%00b',
    `?project=${'a'.repeat(65)}`,
    `?project=${PROJECT}&snapshot=42`,
    `?project=${PROJECT}&snapshot=0000004x`,
    `?project=${PROJECT}&snapshot=../../../etc`,
  ])('is not taken from %s', search => {
    expect(viewOf(search)).toBeNull()
  })
})
