import { expect, it } from 'vitest'
import { readDocx } from '../../../shared/extract/docx'
import { baselineBeside, baselineOf, fixture } from '../../support/documents-office'

it.each(['libreoffice.docx', 'pandoc.docx', 'python-docx.docx'])(
  'reads %s as it was reviewed',
  name => {
    const file = `docx/${name}`
    expect(baselineOf(readDocx(fixture(file)))).toEqual(baselineBeside(file))
  },
)
