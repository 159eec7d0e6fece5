export { ReportTable } from './ReportTable'
