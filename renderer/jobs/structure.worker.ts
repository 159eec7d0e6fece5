import type { Structure } from '../../shared/domain/structure'
import { structureOf } from '../../shared/text/structure'
import type { StructureWish } from './structure-job'
import { runJob } from './worker-side'

runJob<StructureWish, never, Structure>(self, async ({ text, markup, corrections }) =>
  structureOf(text, { markup, corrections }),
)
