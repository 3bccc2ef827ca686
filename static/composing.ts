// Keys that are not meant for the page.

/** Whether the key belongs to the input method: Enter takes the word it offers. Safari ends the composition first. */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229
}
