export { Coverage } from './Coverage'
