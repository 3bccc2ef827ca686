// What comes late must not take away what the reader is about to use.
import { rest } from './results.ts'

/**
 * Returns what draws an element at once, or, while a reader presses or holds something in it, as
 * soon as they let go. A click opens only what is under the pointer when the press begins and when
 * it ends. `isHeld` tells of other ways to hold something than to press it.
 */
export function drawWhenFree(
  element: HTMLElement,
  isHeld: () => boolean,
  draw: () => void,
  signal: AbortSignal,
): () => void {
  let isPressed = false
  let isWaiting = false
  let releasing = 0
  const drawOrWait = () => {
    isWaiting = isPressed || isHeld()
    if (!isWaiting) draw()
  }
  const drawWaiting = () => {
    if (isWaiting) drawOrWait()
  }
  element.addEventListener(
    'pointerdown',
    ({ target }) => {
      clearTimeout(releasing)
      // A press on a scroll bar, which is none of these, may have no end.
      isPressed = (target as Element).closest('a, button, label') !== null
    },
    { signal },
  )
  // Where a press opens a menu, its end may go to the menu.
  for (const type of ['pointerup', 'pointercancel', 'contextmenu']) {
    addEventListener(
      type,
      () => {
        if (!isPressed) return
        clearTimeout(releasing)
        // The click of a finger comes a little after its release.
        releasing = window.setTimeout(() => {
          isPressed = false
          drawWaiting()
        }, rest)
      },
      { signal },
    )
  }
  // The focus has not reached its next place yet.
  element.addEventListener('focusout', () => setTimeout(drawWaiting), { signal })
  return drawOrWait
}
