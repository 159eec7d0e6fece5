export { Codebook, type CodebookProps } from './Codebook'
