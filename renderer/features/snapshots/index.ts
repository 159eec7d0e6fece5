export { SnapshotsDialog, type SnapshotsDialogProps } from './SnapshotsDialog'
