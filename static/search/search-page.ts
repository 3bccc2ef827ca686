// The search page: all results, by kind, with an address that can be passed on.
import { openIndex, type OpenIndex } from './open-index.ts'
import type { Hit } from './rank.ts'
import { copyOf, isComposing, part, showHit } from './results.ts'
import type { SiteSearch } from './site-search.ts'

/** So many results come at once. */
const batch = 20
const rest = 400

export class SearchPage extends HTMLElement {
  #listeners = new AbortController()
  #open: OpenIndex | undefined
  #speaking = 0
  #shownCount = batch

  connectedCallback(): void {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    const input = this.#input
    this.#readAddress()
    addEventListener('popstate', () => {
      this.#readAddress()
      this.#show()
    }, { signal })
    input.addEventListener('input', () => this.#changed(), { signal })
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && isComposing(event)) event.stopPropagation()
    }, { signal })
    part<HTMLFormElement>(this, 'form').addEventListener('submit', (event) => {
      event.preventDefault()
      this.#changed()
    }, { signal })
    part(this, '[data-js-kinds]').addEventListener('change', () => this.#changed(), { signal })
    part(this, '[data-js-more]').addEventListener('click', () => {
      const first = this.#shownCount
      this.#shownCount = Infinity
      this.#show()
      part(this, '[data-js-results]').querySelectorAll('a')[first]?.focus()
    }, { signal })
    openIndex(this.closest<SiteSearch>('site-search')!, () => this.#show()).then((open) => {
      this.#open = open
      this.#show()
    }, () => this.#say(this.dataset.failed ?? ''))
    if (input.value) this.#say(this.dataset.loading ?? '')
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
    clearTimeout(this.#speaking)
  }

  get #input(): HTMLInputElement {
    return part<HTMLInputElement>(this, 'input[type=search]')
  }

  get #kind(): string {
    return this.querySelector<HTMLInputElement>('[data-js-kinds] :checked')?.value ?? ''
  }

  #readAddress(): void {
    const parameters = new URLSearchParams(location.search)
    const query = parameters.get('q')
    // What was typed while the script was on its way stays.
    if (query !== null && (this.#open || !this.#input.value)) this.#input.value = query
    this.dataset.kind = parameters.get('kind') ?? ''
  }

  #changed(): void {
    this.#shownCount = batch
    this.dataset.kind = this.#kind
    const query = this.#input.value.trim()
    const parameters = new URLSearchParams({ ...(query && { q: query }), ...(this.#kind && { kind: this.#kind }) })
    history.replaceState(null, '', `${location.pathname.replace(/.*\//, '')}${parameters.size > 0 ? `?${parameters}` : ''}`)
    this.#show()
  }

  #show(): void {
    if (!this.#open) return
    const query = this.#input.value.trim()
    const { search, own } = this.#open
    const hits = query ? search.find(query, own) : []
    this.toggleAttribute('data-asked', query !== '')
    this.#showKinds(hits)
    const kind = search.index.kinds.findIndex(({ slug }) => slug === this.dataset.kind)
    const chosen = kind < 0 ? hits : hits.filter(({ doc }) => doc.kind === kind)
    const items = chosen.slice(0, this.#shownCount).map((hit) => {
      const item = copyOf(this, '[data-js-result]')
      showHit(item, hit, search.index, { root: this.dataset.root ?? '', path: this.dataset.path ?? '' })
      return item
    })
    part(this, '[data-js-results]').replaceChildren(...items)
    const more = part(this, '[data-js-more]')
    more.hidden = chosen.length <= this.#shownCount
    part(more, '[data-js-text]').textContent = (this.dataset.more ?? '').replace('{count}', String(chosen.length))
    const isNone = query !== '' && chosen.length === 0 && search.index.hasTexts
    this.#showNone(isNone ? query : '')
    const count = chosen.length > 0 ? (this.dataset.count ?? '').replace('{count}', String(chosen.length)) : ''
    this.#say(isNone ? (this.dataset.none ?? '').replace('{query}', query) : count)
  }

  /** Kinds with their counts. One that has none stays while it is chosen. */
  #showKinds(hits: Hit[]): void {
    const { kinds } = this.#open!.search.index
    const counts = kinds.map((_, kind) => hits.filter(({ doc }) => doc.kind === kind).length)
    const chosen = this.dataset.kind ?? ''
    const shown = kinds.map(({ slug, label }, i) => ({ slug, label, count: counts[i] ?? 0 })).filter(({ slug, count }) => count > 0 || slug === chosen)
    const place = part(this, '[data-js-kinds]')
    place.hidden = hits.length === 0 && !chosen
    const list = part(place, '[data-js-list]')
    const had = list.contains(document.activeElement) ? this.#kind : undefined
    list.replaceChildren(...[{ slug: '', label: this.dataset.every ?? '', count: hits.length }, ...shown].map(({ slug, label, count }) => {
      const choice = copyOf(this, '[data-js-kind]')
      const radio = part<HTMLInputElement>(choice, 'input')
      radio.value = slug
      radio.checked = slug === chosen
      part(choice, '[data-js-text]').textContent = label
      part(choice, '[data-js-number]').textContent = String(count)
      return choice
    }))
    if (had !== undefined) list.querySelector<HTMLInputElement>(':checked')?.focus()
  }

  #showNone(query: string): void {
    const none = part(this, '[data-js-none]')
    none.hidden = !query
    if (!query) return
    const near = this.#open!.search.near(query, 5)
    const list = part(none, '[data-js-near]')
    list.hidden = near.length === 0
    part(list, 'ul').replaceChildren(...near.map((title) => {
      const item = document.createElement('li')
      const link = document.createElement('a')
      link.href = `?q=${encodeURIComponent(title)}`
      link.textContent = title
      item.append(link)
      return item
    }))
  }

  #say(text: string): void {
    clearTimeout(this.#speaking)
    this.#speaking = window.setTimeout(() => {
      const status = part(this, '[role=status]')
      if (status.textContent !== text) status.textContent = text
    }, text ? rest : 0)
  }
}
