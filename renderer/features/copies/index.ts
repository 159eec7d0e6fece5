export { OpenCopyZone, type OpenCopyZoneProps } from './OpenCopyZone'
export { SaveCopyDialog, type SaveCopyDialogProps } from './SaveCopyDialog'
