export { Checks, type ChecksProps } from './Checks'
