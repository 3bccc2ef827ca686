// The search page: all results, by kind, with an address that can be passed on.
import { SiteElement } from '../element.ts'
import { copyOf, part } from '../parts.ts'
import { fill } from '../words.ts'
import { arrange } from './arrange.ts'
import { drawWhenFree } from './draw-when-free.ts'
import { opener, type OpenIndex } from './open-index.ts'
import type { Hit, Search } from './rank.ts'
import { rest, resultsFor, say } from './results.ts'
import type { SiteSearch } from './site-search.ts'

/** So many results come at once. */
const batch = 10

export class SearchPage extends SiteElement {
  #open: () => OpenIndex | undefined = () => undefined
  #shownCount = batch
  #timer = 0

  connect(signal: AbortSignal): void {
    const input = this.#input
    this.#readAddress()
    addEventListener(
      'popstate',
      () => {
        this.#readAddress()
        this.#show()
      },
      { signal },
    )
    input.addEventListener('input', () => this.#changed(), { signal })
    part<HTMLFormElement>(this, 'form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        this.#changed()
        this.#keepAddress()
      },
      { signal },
    )
    // Who comes back from a result finds what they searched for.
    addEventListener('pagehide', () => this.#keepAddress(), { signal })
    part(this, '[data-js-kinds]').addEventListener('change', () => this.#changed(), { signal })
    part(this, '[data-js-more]').addEventListener(
      'click',
      () => {
        const first = this.#shownCount
        this.#shownCount = Infinity
        this.#show()
        part(this, '[data-js-results]').querySelectorAll('a')[first]?.focus()
      },
      { signal },
    )
    const results = part(this, '[data-js-results]')
    // What comes later does not take away the result that has the focus.
    const showLater = drawWhenFree(
      this,
      () => results.contains(document.activeElement),
      () => this.#show(),
      signal,
    )
    this.#open = opener(this.closest<SiteSearch>('site-search')!, showLater, () => say(this, this.dataset.failed ?? ''))
    signal.addEventListener('abort', () => clearTimeout(this.#timer))
    this.#show()
  }

  get #input(): HTMLInputElement {
    return part<HTMLInputElement>(this, 'input[type=search]')
  }

  get #kind(): string {
    return this.querySelector<HTMLInputElement>('[data-js-kinds] :checked')?.value ?? this.dataset.kind ?? ''
  }

  #readAddress(): void {
    const parameters = new URLSearchParams(location.search)
    const query = parameters.get('q')
    // What was typed while the script was on its way stays.
    if (query !== null && (this.dataset.kind !== undefined || !this.#input.value)) this.#input.value = query
    this.dataset.kind = parameters.get('kind') ?? ''
  }

  #changed(): void {
    this.#shownCount = batch
    this.dataset.kind = this.#kind
    this.#show()
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#keepAddress(), rest)
  }

  /** Browsers refuse an address that changes with every key. */
  #keepAddress(): void {
    clearTimeout(this.#timer)
    const query = this.#input.value.trim()
    const parameters = new URLSearchParams({ ...(query && { q: query }), ...(this.#kind && { kind: this.#kind }) })
    history.replaceState(
      null,
      '',
      `${location.pathname.replace(/.*\//, '')}${parameters.size > 0 ? `?${parameters}` : ''}${location.hash}`,
    )
  }

  #show(): void {
    const query = this.#input.value.trim()
    const open = this.#open()
    if (!open) return query ? say(this, this.dataset.loading ?? '') : undefined
    const { search, own } = open
    const isPending = query !== '' && open.isPending(query)
    const { hits, words, ...found } = search.find(query, own)
    const isDoubtful = found.isDoubtful && !isPending
    this.toggleAttribute('data-asked', query !== '')
    this.#showKinds(hits, search)
    const kind = search.index.kinds.findIndex(({ slug }) => slug === this.dataset.kind)
    const chosen = kind < 0 ? hits : hits.filter(({ doc }) => doc.kind === kind)
    const results = part(this, '[data-js-results]')
    const { root = '', path = '' } = this.dataset
    arrange(
      results,
      resultsFor(results, chosen.slice(0, this.#shownCount), () => copyOf(this, '[data-js-result]'), search.index, {
        root,
        path,
        found: words,
      }),
    )
    results.setAttribute('aria-busy', String(isPending))
    const more = part(this, '[data-js-more]')
    more.hidden = chosen.length <= this.#shownCount
    part(more, '[data-js-text]').textContent = fill(this.dataset.more ?? '', { count: chosen.length })
    const isNone = query !== '' && chosen.length === 0 && !isPending
    this.#showNone(isNone || isDoubtful ? query : '', search)
    const { count = '', none = '', doubtful = '' } = this.dataset
    say(
      this,
      fill(isNone ? none : isDoubtful ? doubtful : chosen.length > 0 ? count : '', { query, count: chosen.length }),
    )
  }

  /** Kinds with their counts. One that has none stays while it is chosen. */
  #showKinds(hits: Hit[], search: Search): void {
    const place = part(this, '[data-js-kinds]')
    const list = part(place, '[data-js-list]')
    const { kinds } = search.index
    if (list.childElementCount === 0) {
      list.append(
        ...[{ slug: '', label: this.dataset.every ?? '' }, ...kinds].map(({ slug, label }) => {
          const choice = copyOf(this, '[data-js-kind]')
          part<HTMLInputElement>(choice, 'input').value = slug
          part(choice, '[data-js-text]').textContent = label
          return choice
        }),
      )
    }
    const counts = new Array<number>(kinds.length).fill(0)
    for (const { doc } of hits) counts[doc.kind]!++
    for (const [i, choice] of ([...list.children] as HTMLElement[]).entries()) {
      const radio = part<HTMLInputElement>(choice, 'input')
      const count = i === 0 ? hits.length : counts[i - 1]!
      radio.checked = radio.value === this.dataset.kind
      part(choice, '[data-js-number]').textContent = String(count)
      choice.hidden = count === 0 && i > 0 && !radio.checked
    }
    place.hidden = hits.length === 0 && !this.dataset.kind
  }

  #showNone(query: string, search: Search): void {
    const none = part(this, '[data-js-none]')
    none.hidden = !query
    if (!query) return
    const near = search.near(query, 5)
    const list = part(none, '[data-js-near]')
    list.hidden = near.length === 0
    part(list, 'ul').replaceChildren(
      ...near.map((title) => {
        const [item, link] = [document.createElement('li'), document.createElement('a')]
        link.href = `?q=${encodeURIComponent(title)}`
        link.textContent = title
        item.append(link)
        return item
      }),
    )
  }
}
