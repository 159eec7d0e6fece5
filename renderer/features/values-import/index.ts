export { ValuesImportDialog, type ValuesImportDialogProps } from './ValuesImportDialog'
