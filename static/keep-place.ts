// To turn a phone or to enlarge a page changes the heights of all that stands above what is read. Browsers
// hold it in its place, but not where styles change with the width, as they do here: so the page does.

/** A point that is held: how far down it lies in an element, as a part of the element's height. */
interface Hold {
  element: Element
  within: number
}

/** A point of an element and of all around it, for another width may hide it. Empty for none. */
let held: Hold[] = []
/** Where the point is in the window, as a part of its height. */
let at = 0
/** As the page is laid out: what is pinched is only shown larger. */
const root = document.documentElement
let width = root.clientWidth
/** To hold what is there when all rests, and to put back what is held; 0 for none. */
let [resting, turning] = [0, 0]

/** Holds what has the focus or, when that is out of sight, the smallest of what stands in the middle. */
function hold(): void {
  held = []
  if (scrollY === 0) return
  const { activeElement, body } = document
  const middle = (element: Element) => {
    const { top, bottom } = element.getBoundingClientRect()
    return (top + bottom) / 2 / root.clientHeight
  }
  let element: Element | undefined
  if (activeElement && activeElement !== body && middle(activeElement) > 0 && middle(activeElement) < 1) {
    ;[element, at] = [activeElement, middle(activeElement)]
  } else {
    for (const place of [0.3, 0.4, 0.5, 0.6]) {
      const other = document.elementFromPoint(width / 2, place * root.clientHeight)
      if (other && (!element || other.clientHeight < element.clientHeight)) [element, at] = [other, place]
    }
  }
  for (let around = element; around && around !== body; around = around.parentElement ?? undefined) {
    const { top, height } = around.getBoundingClientRect()
    held.push({ element: around, within: (at * root.clientHeight - top) / Math.max(1, height) })
  }
}

/** Not at every step of the way, nor on the way back. */
function holdSoon(): void {
  clearTimeout(resting)
  if (turning === 0) resting = window.setTimeout(hold, 100)
}

function putBack(): void {
  const seen = held.find(({ element }) => element.checkVisibility())
  if (!seen) return
  const { top, height } = seen.element.getBoundingClientRect()
  const room = root.clientHeight - height
  const wanted = at * root.clientHeight - seen.within * height
  // As a whole, if there is room for it.
  scrollBy({ top: top - (room > 0 ? Math.min(Math.max(wanted, 0), room) : wanted), behavior: 'instant' })
}

addEventListener('resize', () => {
  if (root.clientWidth === width) return
  width = root.clientWidth
  clearTimeout(resting)
  cancelAnimationFrame(turning)
  putBack()
  // A browser that has held the place as well has moved it twice.
  turning = requestAnimationFrame(() => {
    turning = requestAnimationFrame(() => {
      putBack()
      turning = 0
      holdSoon()
    })
  })
})
addEventListener('scroll', holdSoon, { passive: true })
addEventListener('focusin', holdSoon)
// What is opened or comes later moves the rest.
new ResizeObserver(holdSoon).observe(document.body)
