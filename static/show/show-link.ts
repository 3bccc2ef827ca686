// The way from the answers to what is made of them.
import { SiteElement } from '../element.ts'
import { loadScript } from '../load-script.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'
import type { CarryAnswers } from './carry.ts'

/**
 * `<show-link data-script>` holds the link. Where each page has answers of its own, as files have in
 * Firefox when hub.html is missing, the address takes them along.
 */
export class ShowLink extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const store = await Store.open()
    const link = part<HTMLAnchorElement>(this, 'a')
    this.addEventListener(
      'click',
      (event) => {
        const company = store.company()
        if (!company || !store.isAlone) return
        event.preventDefault()
        void loadScript(this.dataset.script ?? '')
          .then(() => (document.createElement('carry-answers') as CarryAnswers).fragmentOf(company))
          .then((fragment) => location.assign(`${link.href}#${fragment}`))
      },
      { signal },
    )
  }
}
