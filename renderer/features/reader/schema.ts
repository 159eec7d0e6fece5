import { Schema } from 'prosemirror-model'

/**
 * A report as ProseMirror sees it: sections of blocks of text. Sections mean nothing to the
 * reader; they are there so that the browser can skip what is off screen.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: 'section+' },
    section: {
      content: 'block+',
      attrs: { lines: { default: 1 } },
      // A guess at the height, in lines, for as long as the section has never been drawn.
      toDOM: node => ['div', { class: 'report-section', style: `--lines: ${node.attrs.lines}` }, 0],
    },
    block: {
      content: 'text*',
      attrs: { isBlank: { default: false } },
      toDOM: node => ['p', node.attrs.isBlank ? { class: 'blank' } : {}, 0],
    },
    text: {},
  },
})
