import { SiteElement } from '../element.ts'
import { copyOf, part } from '../parts.ts'
import { place } from './place.ts'

/**
 * Explains a word (用語) beside it, with what the foot of the page says. Without script, and in
 * browsers without popovers, the word's link leads to the foot.
 */
export class PageTerms extends SiteElement {
  #box: HTMLElement | undefined
  /**
   * The word whose explanation was open when it was pressed. The browser closes it, and the click
   * must not reopen it.
   */
  #closed: Element | null = null
  /** Of the window for which the box was placed, in pixels. */
  #width = 0

  connect(signal: AbortSignal): void {
    if (!('popover' in HTMLElement.prototype)) return
    const box = (this.#box = copyOf(this))
    signal.addEventListener('abort', () => box.remove())
    document.addEventListener(
      'pointerdown',
      ({ target }) => {
        const word = wordAt(target)
        this.#closed = this.#isOpen(word) ? word : null
      },
      { signal, capture: true },
    )
    document.addEventListener(
      'click',
      (event) => {
        const word = wordAt(event.target)
        if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        if (this.#isOpen(word)) box.hidePopover()
        else if (word !== this.#closed) this.#open(word)
        this.#closed = null
      },
      { signal },
    )
    // When the window is turned, or the page enlarged, the word is elsewhere; not when a phone's bars
    // come and go while the reader scrolls.
    addEventListener(
      'resize',
      () => {
        if (document.documentElement.clientWidth !== this.#width) this.#place()
      },
      { signal },
    )
    part(box, 'button').addEventListener('click', () => box.hidePopover(), { signal })
    // It must not cover what has the focus next.
    box.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !box.contains(relatedTarget)) box.hidePopover()
      },
      { signal },
    )
  }

  #isOpen(word: Element | null): boolean {
    return word !== null && this.#box?.previousElementSibling === word && this.#box.matches(':popover-open')
  }

  #open(word: HTMLAnchorElement): void {
    const box = this.#box!
    const item = document.getElementById(word.hash.slice(1))
    const link = item?.querySelector('a')
    if (!item || !link) throw new Error(`page-terms: nothing explains ${word.hash}`)
    const term = part(box, '[data-js-term]')
    term.textContent = box.ariaLabel = link.textContent
    part(box, '[data-js-text]').replaceChildren(...document.importNode(part(item, 'dd'), true).childNodes)
    part<HTMLAnchorElement>(box, 'a').href = link.href
    // Here it comes next for screen readers and for the Tab key.
    word.after(box)
    // Some browsers do not focus a clicked link. When the box closes, the focus returns to the
    // word.
    word.focus({ preventScroll: true })
    box.showPopover()
    this.#place()
    // Not before it is placed: the browser would scroll to where it stood.
    box.focus({ preventScroll: true })
  }

  /** Puts the box beside its word. */
  #place(): void {
    const box = this.#box!
    const word = box.previousElementSibling
    if (!word || !this.#isOpen(word)) return
    // Where it stood it may have made the page wider than the window.
    box.style.left = '0'
    this.#width = document.documentElement.clientWidth
    const { left, top } = place(word.getBoundingClientRect(), box.getBoundingClientRect(), {
      width: this.#width,
      height: innerHeight,
    })
    box.style.left = `${left + scrollX}px`
    box.style.top = `${top + scrollY}px`
    // In a low window there may be room on neither side of the word.
    box.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  }
}

function wordAt(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#term-"]') : null
}
