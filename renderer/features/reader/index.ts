export { Reader } from './Reader'
