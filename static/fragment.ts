// Addresses as mail and chat programs pass them on: with characters encoded that were not, and more.

/** Passes of decoding: programs encode again what was encoded before, but not without end. */
const maxPasses = 4

/**
 * Undoes the encoding of a fragment, with a character for each byte: what is not ASCII is only to be
 * passed over.
 */
export function decode(fragment: string): string {
  for (let pass = 0; pass < maxPasses; pass++) {
    fragment = fragment
      .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replaceAll('&amp;', '&')
  }
  return fragment
}

/** The path of a page with its fragment, when their # was encoded and they became one path. */
export function splitPath(path: string): string | undefined {
  const [, page, fragment] = /^(.*\.html)%23(.*)$/i.exec(path) ?? []
  return page && `${page}#${fragment}`
}
