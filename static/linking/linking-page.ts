import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { isLocal, publicAddress } from '../public-address.ts'

/**
 * `<linking-page>` puts the site's address into the texts to be copied, where `data-stands` stands for
 * it: the generator was not told the address, the page may be shown there.
 */
export class LinkingPage extends SiteElement {
  connect(): void {
    const { stands } = this.dataset
    const site = new URL('.', publicAddress())
    if (!stands || isLocal(site)) return
    for (const text of this.querySelectorAll('[data-js-text]')) {
      text.textContent = text.textContent.replaceAll(stands, site.href)
    }
    part(this, '[data-js-unknown]').hidden = true
  }
}
