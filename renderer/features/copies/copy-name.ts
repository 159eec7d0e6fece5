import { folderNameFor } from '../../workspace/folder-name'

/** What a copy is called unless the researcher says otherwise: `Name 2024-05-06.codicil`. */
export function copyNameFor(projectName: string, day: Date): string {
  return `${folderNameFor(projectName, day)}.codicil`
}
