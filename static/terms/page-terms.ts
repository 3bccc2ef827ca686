import { place } from './place.ts'

/**
 * Explains a word (用語) beside it, with what the foot of the page says. Without script, and in browsers without popovers,
 * the word's link leads to the foot.
 */
export class PageTerms extends HTMLElement {
  #listeners = new AbortController()
  #box: HTMLElement | undefined
  /** The word whose explanation was open when the pointer went down on it: the browser closes it, and no click opens it again. */
  #closed: Element | null = null

  connectedCallback(): void {
    if (!('popover' in HTMLElement.prototype)) return
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    const part = this.querySelector('template')?.content.firstElementChild
    if (!part) throw new Error('page-terms: no template in it')
    const box = this.#box = document.importNode(part, true) as HTMLElement
    document.addEventListener('pointerdown', ({ target }) => {
      const word = wordAt(target)
      this.#closed = this.#isOpen(word) ? word : null
    }, { signal, capture: true })
    document.addEventListener('click', (event) => {
      const word = wordAt(event.target)
      if (!word || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      if (this.#isOpen(word)) box.hidePopover()
      else if (word !== this.#closed) this.#open(word)
      this.#closed = null
    }, { signal })
    box.querySelector('button')?.addEventListener('click', () => box.hidePopover(), { signal })
    // What has the focus next must not lie under it.
    box.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !box.contains(relatedTarget)) box.hidePopover()
    }, { signal })
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
    this.#box?.remove()
  }

  #isOpen(word: Element | null): boolean {
    return word !== null && this.#box?.previousElementSibling === word && this.#box.matches(':popover-open')
  }

  #open(word: HTMLAnchorElement): void {
    const box = this.#box!
    const item = document.getElementById(word.hash.slice(1))
    const link = item?.querySelector('a')
    if (!item || !link) throw new Error(`page-terms: nothing explains ${word.hash}`)
    const term = box.querySelector('[data-js-term]')!
    term.textContent = box.ariaLabel = link.textContent
    box.querySelector('[data-js-text]')!.replaceChildren(...document.importNode(item.querySelector('dd')!, true).childNodes)
    box.querySelector('a')!.href = link.href
    // Next in the order of reading and of the tab key.
    word.after(box)
    // Some browsers do not focus a link that is clicked; when the box closes, the focus goes back to what had it.
    word.focus({ preventScroll: true })
    box.showPopover()
    const { left, top } = place(word.getBoundingClientRect(), box.getBoundingClientRect(), { width: document.documentElement.clientWidth, height: innerHeight })
    box.style.left = `${left + scrollX}px`
    box.style.top = `${top + scrollY}px`
    // Only now: the browser would scroll to where it stood before.
    box.focus({ preventScroll: true })
  }
}

function wordAt(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#term-"]') : null
}
