// What every page knows of the search: where it is used, its own script is loaded, which makes the parts work.
import { isComposing } from '../composing.ts'
import { SiteElement } from '../element.ts'
import { loadScript } from '../load-script.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'
import { entry } from './entry.ts'
import { isSlashOn } from './slash-key.ts'

/**
 * `<site-search>` holds a link to the search page, which works without script, and a template with the field. What is in
 * the template is an element that the search's script defines.
 */
export class SiteSearch extends SiteElement {
  connect(signal: AbortSignal): void {
    const template = part<HTMLTemplateElement>(this, 'template')
    if (!this.querySelector('input')) this.append(document.importNode(template.content, true))
    for (const type of ['focusin', 'pointerdown', 'input']) this.addEventListener(type, () => this.#start(), { signal })
    document.addEventListener('keydown', (event) => this.#shortcut(event), { signal })
    // On small screens the field takes the place of the page's top only when it is asked for.
    this.querySelector('[data-js-open]')?.addEventListener(
      'click',
      (event) => {
        if (this.hasAttribute('data-failed')) return
        event.preventDefault()
        this.#open()
      },
      { signal },
    )
    if ('start' in this.dataset && location.search) this.#start()
  }

  /** The names of the scripts: the search's own, and what it needs besides for a large index. */
  get scripts(): string[] {
    return (this.dataset.scripts ?? '').split(' ')
  }

  /** Loads a script of the index, and gives what it holds. Its entry keeps its address while what it holds changes. */
  load(name: string): Promise<unknown> {
    return loadScript(name, name === entry)
  }

  /** The slugs of the methods that the reader works on. */
  async ownMethods(): Promise<readonly string[]> {
    const store = await Store.open()
    return store.company()?.methods ?? []
  }

  #start(): void {
    // Without its script the field does nothing: the link leads to the list of everything.
    loadScript(this.scripts[0] ?? '').catch(() => {
      this.removeAttribute('data-open')
      this.toggleAttribute('data-failed', true)
    })
  }

  #open(): void {
    this.toggleAttribute('data-open', true)
    this.querySelector('input')?.focus()
  }

  #shortcut(event: KeyboardEvent): void {
    const { target } = event
    const typing =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
    if (
      event.key !== '/' ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isComposing(event) ||
      typing ||
      !isSlashOn()
    )
      return
    event.preventDefault()
    this.#open()
  }
}
