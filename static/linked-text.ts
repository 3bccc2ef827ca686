// A text that a reader wrote, with its addresses as links.

/**
 * Web addresses as browsers copy them: in ASCII, for in Japanese the next word follows without a
 * space. Punctuation at the end belongs to the sentence, as does a bracket that was opened before
 * the address. A name before an @ is left out: it would show another host than the one that opens.
 */
const addresses = (() => {
  const end = String.raw`\w\-~/#@$&+=%`
  const inside = String.raw`${end}.:?!'*,;`
  const bracketed = String.raw`\([${inside}]*\)|\[[${inside}]*\]`
  const host = String.raw`[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?(?::\d+)?`
  const path = String.raw`(?=[/?#])(?:[${inside}]|${bracketed})*(?:[${end}]|${bracketed})`
  return new RegExp(String.raw`\bhttps?://${host}(?:${path})?`, 'gi')
})()

export interface Piece {
  text: string
  isAddress: boolean
}

/** Divides a text at its addresses; together the pieces are the text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  const add = (to: number, isAddress: boolean) => {
    if (end < to) pieces.push({ text: text.slice(end, to), isAddress })
    end = to
  }
  for (const { 0: found, index } of text.matchAll(addresses)) {
    add(index, false)
    add(index + found.length, true)
  }
  add(text.length, false)
  return pieces
}

/** The nodes of a text whose addresses are links. A link's words are its address, as written. */
export function linkedText(text: string): (string | HTMLAnchorElement)[] {
  return piecesOf(text).map(({ text, isAddress }) => {
    if (!isAddress) return text
    const link = document.createElement('a')
    link.className = 'address'
    // The page it leads to is told neither where it was found nor by whom.
    link.rel = 'noopener noreferrer'
    link.href = link.textContent = text
    return link
  })
}
