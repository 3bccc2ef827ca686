// Makes a link that carries a read-only copy of one checklist's answers.
import { listLiving } from '../answers/companies.ts'
import { answersOf } from '../answers/export.ts'
import { own } from '../answers/format.ts'
import { pack } from '../answers/share.ts'
import { copyFrom } from '../clipboard.ts'
import { localDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { isLocal, publicAddress } from '../public-address.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { chosenMethod, offer, offerMethods } from './choices.ts'
import { workSpaceOf } from './work-space.ts'

/** `<share-link>` within `<work-space>`; its data attributes are the sentences it shows. */
export class ShareLink extends SiteElement {
  #store: Store | undefined

  async connect(signal: AbortSignal): Promise<void> {
    this.#store = await Store.open()
    this.#store.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        void this.#make()
      },
      { signal },
    )
    part(this, '[data-js-copy]').addEventListener('click', () => void this.#copy(), { signal })
    this.#offer()
  }

  get #form(): HTMLFormElement {
    return part(this, 'form')
  }

  get #url(): HTMLInputElement {
    return part(this, '[data-js-url]')
  }

  #tell(sentence = '', count = 0): void {
    setText(part(this, '[data-js-message]'), fill(sentence, { count }))
  }

  /** Hides a link that was made for another choice. */
  #offer(): void {
    if (!this.#store) return
    const companies = listLiving(this.#store.saved, this.dataset.sameName)
    offer(
      part(this.#form, '[name="company"]'),
      companies.map(({ id, label }) => ({ value: id, label })),
    )
    offerMethods(this.#form, workSpaceOf(this).catalogue, this.#store.saved)
    part(this, '[data-js-link]').hidden = true
    this.#tell()
  }

  async #make(): Promise<void> {
    const company = own(
      this.#store?.saved.companies ?? {},
      part<HTMLSelectElement>(this.#form, '[name="company"]').value,
    )
    const method = chosenMethod(this.#form, workSpaceOf(this).catalogue)
    if (!company || !method) return
    const notes = part<HTMLInputElement>(this.#form, '[name="notes"]').checked
    const answers = answersOf(workSpaceOf(this).catalogue, method.slug, company.answers)
    const copy = { ...company, methods: [method.slug], answers }
    const packed = await pack(copy, localDate(new Date()), { notes, owners: notes })
    if ('fault' in packed) return this.#tell(this.dataset.tooBig)
    const url = publicAddress()
    url.hash = packed.fragment
    part(this, '[data-js-local]').hidden = !isLocal(url)
    part(this, '[data-js-link]').hidden = false
    this.#url.value = url.href
    this.#url.focus()
    this.#url.select()
    this.#tell(this.dataset.made, url.href.length)
  }

  async #copy(): Promise<void> {
    const { copied, copyFailed } = this.dataset
    this.#tell((await copyFrom(this.#url)) ? copied : copyFailed)
  }
}
