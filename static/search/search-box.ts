// The field in the header with its list of results: a combobox by the ARIA Authoring Practices.
import { isComposing } from '../composing.ts'
import { SiteElement } from '../element.ts'
import { copyOf, part, setText } from '../parts.ts'
import { fill } from '../words.ts'
import { arrange } from './arrange.ts'
import { drawWhenFree } from './draw-when-free.ts'
import { opener, type OpenIndex } from './open-index.ts'
import { resultsFor, say } from './results.ts'
import type { SiteSearch } from './site-search.ts'

/** So many results fit under the field. */
const most = 7

export class SearchBox extends SiteElement {
  #open: () => OpenIndex | undefined = () => undefined
  #shown = ''
  #more: HTMLElement | undefined

  connect(signal: AbortSignal): void {
    const input = this.#input
    part<HTMLFormElement>(this, 'form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        if (input.value.trim()) location.href = this.#resultsPage()
      },
      { signal },
    )
    input.addEventListener('input', () => this.#show(), { signal })
    input.addEventListener('focus', () => this.#show(), { signal })
    input.addEventListener('keydown', (event) => this.#key(event), { signal })
    this.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.#close(true)
      },
      { signal },
    )
    // Without this a press on a result takes the focus away, and the results with it, before the click is there.
    part(this, '.search__panel').addEventListener('mousedown', (event) => event.preventDefault(), { signal })
    // What comes later does not take away what the reader is choosing.
    const showLater = drawWhenFree(
      this,
      () => input.hasAttribute('aria-activedescendant'),
      () => this.#show(true),
      signal,
    )
    this.#open = opener(this.closest<SiteSearch>('site-search')!, showLater, () => this.#tell(this.dataset.failed))
    this.#open()
  }

  get #input(): HTMLInputElement {
    return part<HTMLInputElement>(this, 'input')
  }

  get #list(): HTMLElement {
    return part(this, '[role=listbox]')
  }

  get #options(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('[role=option]')]
  }

  #resultsPage(): string {
    return `${this.dataset.page ?? ''}?q=${encodeURIComponent(this.#input.value.trim())}`
  }

  #show(again = false): void {
    const query = this.#input.value.trim()
    if (document.activeElement !== this.#input) return
    if (!query) return this.#close()
    const open = this.#open()
    if (!open) return this.#tell(this.dataset.loading)
    const isOpen = this.#input.getAttribute('aria-expanded') === 'true'
    if (query === this.#shown && isOpen && !again) return
    this.#shown = query
    const { search, own } = open
    const isPending = open.isPending(query)
    const { hits, words, ...found } = search.find(query, own)
    const isDoubtful = found.isDoubtful && !isPending
    const { root = '', path = '', none: noneText = '', doubtful = '', count = '' } = this.dataset
    const options = resultsFor(this.#list, hits.slice(0, most), () => copyOf(this, '[data-js-option]'), search.index, {
      root,
      path,
      found: words,
    })
    if (hits.length > most) {
      const option = (this.#more ??= copyOf(this, '[data-js-more]'))
      option.setAttribute('href', this.#resultsPage())
      setText(part(option, '[data-js-text]'), fill(this.dataset.more ?? '', { count: hits.length }))
      options.push(option)
    }
    for (const [i, option] of options.entries()) {
      option.id = `${this.#list.id}-${i}`
      option.setAttribute('aria-selected', 'false')
    }
    arrange(this.#list, options)
    this.#list.hidden = options.length === 0
    this.#input.setAttribute('aria-expanded', String(options.length > 0))
    this.#input.removeAttribute('aria-activedescendant')
    const none = part(this, '[data-js-none]')
    const isNone = options.length === 0 && !isPending
    none.hidden = !(isNone || isDoubtful)
    part(this, '.search__panel').hidden = options.length === 0 && !isNone
    const text = fill(isNone ? noneText : isDoubtful ? doubtful : count, { query, count: hits.length })
    if (!none.hidden) part(none, '[data-js-text]').textContent = text
    say(this, isNone || hits.length > 0 ? text : '')
  }

  /** Says what every reader has to know, in the place of the list. */
  #tell(text = ''): void {
    const none = part(this, '[data-js-none]')
    this.#list.replaceChildren()
    part(none, '[data-js-text]').textContent = text
    none.hidden = part(this, '.search__panel').hidden = false
    say(this, text)
  }

  /** The list goes; with `away` the field of a small screen, too. */
  #close(away = false): void {
    this.#input.setAttribute('aria-expanded', 'false')
    this.#input.removeAttribute('aria-activedescendant')
    part(this, '.search__panel').hidden = true
    this.#list.replaceChildren()
    say(this, '')
    if (away) this.closest('site-search')?.removeAttribute('data-open')
  }

  #key(event: KeyboardEvent): void {
    if (isComposing(event)) return
    const options = this.#options
    const active = options.findIndex(({ id }) => id === this.#input.getAttribute('aria-activedescendant'))
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault()
        if (options.length === 0) this.#show()
        else
          this.#activate(
            options,
            (active + (event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1) + options.length) % options.length,
          )
        break
      case 'Enter':
        if (active >= 0) {
          event.preventDefault()
          options[active]?.click()
        }
        break
      case 'Escape':
        event.preventDefault()
        if (this.#input.getAttribute('aria-expanded') === 'true') {
          this.#close()
        } else if (this.#input.value) {
          this.#input.value = ''
          this.#close()
        } else {
          this.#close(true)
          part(this.closest<SiteSearch>('site-search')!, '[data-js-open]').focus()
        }
        break
    }
  }

  #activate(options: HTMLElement[], place: number): void {
    for (const [i, option] of options.entries()) option.setAttribute('aria-selected', String(i === place))
    const option = options[place]
    this.#input.setAttribute('aria-activedescendant', option?.id ?? '')
    option?.scrollIntoView({ block: 'nearest' })
  }
}
