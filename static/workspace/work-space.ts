// The page of the companies (組織). It shows the reader's own answers, or a copy that came in a
// link.
import { readMeasure, type Catalogue, type ListedMeasure } from '../answers/catalogue.ts'
import { listLiving } from '../answers/companies.ts'
import type { Status } from '../answers/format.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'
import { listOf } from '../words.ts'

/**
 * Without script, `<work-space>` says what it is for. Its templates describe the handbook and hold
 * the two views.
 */
export class WorkSpace extends SiteElement {
  #catalogue: Catalogue | undefined

  connect(signal: AbortSignal): void {
    addEventListener('hashchange', () => void this.#show(signal), { signal })
    void this.#show(signal)
  }

  get catalogue(): Catalogue {
    return (this.#catalogue ??= this.#readCatalogue())
  }

  #linkOf(method: string): HTMLElement | null {
    return this.querySelector(`[data-js-method="${CSS.escape(method)}"]`)
  }

  /** A method as shown in lists: its mark and name. */
  nameOf(method: string): Node[] {
    return [...(this.#linkOf(method)?.cloneNode(true).childNodes ?? [new Text(method)])]
  }

  /** A list item with the link to a method's checklist. */
  itemOf(method: string): Node {
    const item = this.#linkOf(method)!.parentElement!.cloneNode(true) as HTMLElement
    item.firstElementChild!.removeAttribute('data-js-method')
    return item
  }

  /** A status as shown in lists: drawing and word. */
  chip(status: Status): Node {
    return part(this.#description, `[data-js-status="${status}"]`).firstElementChild!.cloneNode(true)
  }

  /** A copy never mixes with the reader's own answers: in its view nothing opens the store. */
  async #show(signal: AbortSignal): Promise<void> {
    const view = location.hash.startsWith('#share=') ? 'shared' : 'own'
    if (this.dataset.view === view) return
    this.dataset.view = view
    if (view === 'own') await Store.open()
    if (this.dataset.view !== view) return
    part(this, '[data-js-plain]').hidden = true
    const content = document.importNode(
      part<HTMLTemplateElement>(this, `template[data-js-view="${view}"]`).content,
      true,
    )
    part(this, 'div[data-js-view]').replaceChildren(content)
    if (view !== 'own') return
    await Store.follow((store) => this.#showWhatIsOfUse(store), signal)
    // The browser looked for the anchor before this content was in the page.
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }

  /** Hides what saves or shows answers while there are none. */
  #showWhatIsOfUse({ saved }: Store): void {
    const none = listLiving(saved).length === 0
    for (const element of this.querySelectorAll<HTMLElement>('[data-js-of-answers]')) element.hidden = none
  }

  get #description(): DocumentFragment {
    return part<HTMLTemplateElement>(this, 'template[data-js-catalogue]').content
  }

  #readCatalogue(): Catalogue {
    const all = <T>(root: ParentNode, hook: string, read: (element: HTMLElement, value: string) => T) =>
      [...root.querySelectorAll<HTMLElement>(`[${hook}]`)].map((element) =>
        read(element, element.getAttribute(hook) ?? ''),
      )
    return {
      methods: all(this, 'data-js-method', (link, slug) => ({
        slug,
        name: link.textContent.replace(/\s+/g, ' ').trim(),
        href: link.getAttribute('href') ?? '',
      })),
      groups: all(this.#description, 'data-js-group', (element, slug) => ({
        slug,
        label: element.textContent,
        name: element.dataset.name ?? '',
      })),
      measures: all(this.#description, 'data-js-measure', (element, slug): ListedMeasure => ({
        ...readMeasure(slug, element.dataset),
        number: element.dataset.number ?? '',
        title: element.textContent,
        href: element.querySelector('a')?.getAttribute('href') ?? '',
        groups: Object.fromEntries(listOf(element.dataset.in).map((place) => place.split(':'))),
      })),
    }
  }
}

/** The `<work-space>` that one of its elements stands in. */
export function workSpaceOf(element: Element): WorkSpace {
  return element.closest<WorkSpace>('work-space')!
}
