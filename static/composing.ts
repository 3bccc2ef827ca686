// Keys that are meant for the input method, not for the page.

/**
 * Whether a key belongs to the input method (IME), as Enter does that accepts a word. Safari ends
 * the composition first.
 */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229
}
