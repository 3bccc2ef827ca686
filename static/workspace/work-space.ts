// The page of the companies (組織). It shows the reader's own answers, or a copy that came in a
// link.
import type { Catalogue } from '../answers/catalogue.ts'
import { listLiving } from '../answers/companies.ts'
import type { Status } from '../answers/format.ts'
import { isShared } from '../answers/share.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { descriptionIn, readCatalogue } from '../read-catalogue.ts'
import { Store } from '../store/store.ts'

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
    return (this.#catalogue ??= readCatalogue(this))
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
    return part(descriptionIn(this), `[data-js-status="${status}"]`).firstElementChild!.cloneNode(true)
  }

  /** A copy never mixes with the reader's own answers: in its view nothing opens the store. */
  async #show(signal: AbortSignal): Promise<void> {
    const fragment = location.hash.slice(1)
    const view = isShared(fragment) ? 'shared' : 'own'
    // Nor does the reader leave a copy by going to an anchor in it.
    if (this.dataset.view === view || (this.dataset.view && document.getElementById(fragment))) return
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
}

/** The `<work-space>` that one of its elements stands in. */
export function workSpaceOf(element: Element): WorkSpace {
  return element.closest<WorkSpace>('work-space')!
}
