// A document of a page as plain blocks: what its copy as a text and as a file for Word are made from.

export type Block =
  | { kind: 'heading'; level: number; runs: Run[]; number?: Number }
  | { kind: 'paragraph'; runs: Run[]; number?: Number }
  | { kind: 'item'; runs: Run[]; ordered: boolean }
  | { kind: 'table'; rows: Cell[][] }

/** The number of a block: what is numbered, and how it is written. */
export interface Number {
  of: string
  text: string
}

/** A piece of a text. */
export interface Run {
  text: string
  bold?: boolean
}

export interface Cell {
  text: string
  heading: boolean
}

/**
 * Reads what is shown of a document: headings, paragraphs, lists and tables; a list of terms is a
 * table with two columns. A number, `[data-js-number]`, stands apart from its block's runs, for Word
 * numbers by itself; and what is for a pen alone, `[data-js-paper]`, is left out.
 */
export function blocksOf(root: Element): Block[] {
  return [...root.children].flatMap((element): Block[] => {
    if ((element as HTMLElement).hidden || element.matches('template, button')) return []
    const level = /^H([1-6])$/.exec(element.tagName)?.[1]
    if (level) return withText([{ kind: 'heading', level: +level, ...textOf(element) }])
    switch (element.tagName) {
      case 'P':
      case 'CAPTION':
        return withText([{ kind: 'paragraph', ...textOf(element) }])
      case 'LI':
        return withText([{ kind: 'item', runs: runsOf(element), ordered: element.parentElement!.tagName === 'OL' }])
      case 'DL':
        return [{ kind: 'table', rows: [...element.children].map((row) => [...row.children].map(cellOf)) }]
      case 'TABLE': {
        const caption = element.querySelector('caption')
        const rows = [...(element as HTMLTableElement).rows].map((row) => [...row.cells].map(cellOf))
        return [
          ...(caption
            ? withText([{ kind: 'paragraph', runs: [{ text: clean(caption.textContent), bold: true }] }])
            : []),
          { kind: 'table', rows },
        ]
      }
    }
    return blocksOf(element)
  })
}

function withText(blocks: Block[]): Block[] {
  return blocks.filter((block) => block.kind === 'table' || block.runs.some(({ text }) => text.trim()))
}

function cellOf(cell: Element): Cell {
  return {
    text: runsOf(cell)
      .map(({ text }) => text)
      .join(''),
    heading: /^(TH|DT)$/.test(cell.tagName),
  }
}

function textOf(element: Element): { runs: Run[]; number?: Number } {
  const number = element.querySelector<HTMLElement>('[data-js-number]')
  return {
    runs: runsOf(element),
    ...(number && { number: { of: number.dataset.jsNumber ?? '', text: number.textContent } }),
  }
}

/** Spaces of the source say nothing; lines that a reader made do. */
function runsOf(element: Element): Run[] {
  const runs: Run[] = []
  const add = (node: Node, bold: boolean): void => {
    for (const child of node.childNodes) {
      if (child instanceof Text) {
        const text = (node as Element).matches('[data-js-lines]') ? child.data : clean(child.data)
        if (text) runs.push(bold ? { text, bold } : { text })
      } else if (
        child instanceof HTMLElement &&
        !child.hidden &&
        !child.matches('[data-js-number], [data-js-paper], progress, .unseen, .table__label, .document__screen')
      )
        add(child, bold || /^(B|STRONG)$/.test(child.tagName))
    }
  }
  add(element, false)
  if (runs.length) {
    runs[0]!.text = runs[0]!.text.trimStart()
    runs.at(-1)!.text = runs.at(-1)!.text.trimEnd()
  }
  return runs.filter(({ text }) => text)
}

function clean(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ')
}
