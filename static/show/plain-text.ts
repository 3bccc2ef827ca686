// A document as a text for mail and chat.
import type { Block, Run } from './blocks.ts'

export function plainText(blocks: Block[]): string {
  let place = 0
  const lines = blocks.flatMap((block, index) => {
    // Items of one list stand together.
    const kept = block.kind === 'item' && blocks[index - 1]?.kind === 'item'
    place = kept ? place + 1 : 1
    return [...(index === 0 || kept ? [] : ['']), ...linesOf(block, place)]
  })
  return `${lines.join('\n')}\n`
}

/** `place` is that of an item in its list. */
function linesOf(block: Block, place: number): string[] {
  switch (block.kind) {
    case 'table':
      return block.rows.map((row) =>
        row
          .map(({ text }) => text.replace(/\s+/g, ' ').trim())
          .join('\t')
          .trimEnd(),
      )
    case 'item':
      return [`${block.ordered ? `${place}. ` : '・'}${say(block.runs)}`]
    default:
      return [
        [block.number?.text ?? '', say(block.runs)].join(/^[^\p{L}\p{N}]/u.test(say(block.runs)) ? '' : ' ').trim(),
      ]
  }
}

function say(runs: Run[]): string {
  return runs.map(({ text }) => text).join('')
}
