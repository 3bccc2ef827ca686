import { copyText } from '../clipboard.ts'
import { SiteElement } from '../element.ts'
import { copyOf, part, setText } from '../parts.ts'
import { isLocal, publicAddress } from '../public-address.ts'

/** The headings of texts, and what else others link to. */
const headings = [
  'main > .prose > :is(h2, h3, h4)[id]',
  'main > .section > .prose > h3[id]',
  '.survey > h2',
  '.glossary__term',
  '.page--measure h1',
].join()

/**
 * `<copy-links>` puts a button behind each heading, and into the explanation of each measure of a
 * checklist, that copies the address of the place.
 */
export class CopyLinks extends SiteElement {
  connect(signal: AbortSignal): void {
    for (const heading of document.querySelectorAll<HTMLElement>(headings)) {
      const id = heading.closest('.survey, .glossary__item')?.id ?? heading.id
      const copy = this.#copyOf(id, heading.textContent, signal)
      // Nothing but names and explanations stands in a list of them.
      if (heading.localName === 'dt') heading.nextElementSibling!.prepend(copy)
      else heading.after(copy)
    }
    for (const why of document.querySelectorAll('[data-js-why]')) {
      const row = why.closest('tr')!
      const title = part(row, '.row__title').textContent
      why.addEventListener('toggle', () => why.append(this.#copyOf(row.id, title, signal)), { once: true, signal })
    }
  }

  #copyOf(id: string, title: string, signal: AbortSignal): HTMLElement {
    const copy = copyOf(this)
    const button = part(copy, 'button')
    const said = part(copy, '.copy-link__said')
    const show = (address = '') => {
      said.classList.toggle('unseen', !address)
      setText(part(said, 'code'), address)
      setText(part(said, 'p'), '')
    }
    button.ariaLabel = `${title}: ${button.textContent}`
    button.addEventListener(
      'click',
      async () => {
        const url = publicAddress()
        if (id) url.hash = id
        // Seen before it is copied: where that is blocked, it is selected there.
        show(url.href)
        const { copied, failed, local } = this.dataset
        const done = await copyText(url.href, part(said, 'code'))
        setText(part(said, 'p'), (!done ? failed : isLocal(url) ? local : copied)!)
      },
      { signal },
    )
    copy.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && copy.contains(relatedTarget))) show()
      },
      { signal },
    )
    return copy
  }
}
