export { ImportDropZone } from './ImportDropZone'
export { useImport } from './import-flow'
export { Library } from './Library'
