// Takes readers who have begun back to where they were.
import { listLiving } from '../answers/companies.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'

/**
 * `<resume-link>` holds a template with a link to each method's checklist, `[data-js-method]`, and
 * one to all companies, `[data-js-all]`.
 */
export class ResumeLink extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    await Store.follow((store) => this.#show(store), signal)
  }

  #show(store: Store): void {
    const living = listLiving(store.saved)
    const methods = living.flatMap(({ company }) => company.methods)
    const { content } = part<HTMLTemplateElement>(this, 'template')
    const own = methods.length === 1 ? content.querySelector(`[data-js-method="${CSS.escape(methods[0]!)}"]`) : null
    const link = own ?? (living.length > 0 ? content.querySelector('[data-js-all]') : null)
    for (const shown of this.querySelectorAll('a')) shown.remove()
    if (link) this.append(document.importNode(link, true))
  }
}
