export interface Size {
  width: number
  height: number
}

/** In pixels, from the edges of the window and from the word. */
const gap = 8

/**
 * Places a box in the window: under the word if there is room, else above it, and never beyond the
 * sides.
 */
export function place(
  word: { left: number; top: number; bottom: number },
  box: Size,
  view: Size,
): { left: number; top: number } {
  const under = word.bottom + gap
  const above = word.top - gap - box.height
  return {
    left: Math.max(gap, Math.min(word.left, view.width - gap - box.width)),
    top: under + box.height > view.height && above >= 0 ? above : under,
  }
}
