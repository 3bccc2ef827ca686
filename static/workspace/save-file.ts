// Saves the answers as a file: JSON to be loaded again, locked if the reader wishes, or a table for
// Excel.
import { listLiving } from '../answers/companies.ts'
import { exportOf, minPassphrase, tableOf } from '../answers/export.ts'
import { own, serialize } from '../answers/format.ts'
import { lock } from '../answers/lock.ts'
import { localDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { chosenMethod, offer, offerMethods } from './choices.ts'
import { workSpaceOf } from './work-space.ts'

/** `<save-file>` within `<work-space>` has the forms `[data-js-file]` and `[data-js-table]`. */
export class SaveFile extends SiteElement {
  #store: Store | undefined

  async connect(signal: AbortSignal): Promise<void> {
    this.#store = await Store.open()
    this.#store.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener('submit', (event) => {
      event.preventDefault()
      if (event.target === this.#fileForm) void this.#saveFile()
      else this.#saveTable()
    }, { signal })
    this.#offer()
  }

  get #fileForm(): HTMLFormElement {
    return part(this, '[data-js-file]')
  }

  get #tableForm(): HTMLFormElement {
    return part(this, '[data-js-table]')
  }

  #field(name: string): HTMLInputElement {
    return part(this.#fileForm, `input[name="${name}"]`)
  }

  #offer(): void {
    if (!this.#store) return
    const companies = listLiving(this.#store.saved, this.dataset.sameName).map(({ id, label }) => ({
      value: id,
      label,
    }))
    const one = part<HTMLSelectElement>(this.#fileForm, 'select')
    offer(one, [{ value: '', label: one.dataset.all ?? '' }, ...companies])
    offer(part(this.#tableForm, '[name="company"]'), companies)
    offerMethods(this.#tableForm, workSpaceOf(this).catalogue, this.#store.saved)
    part(this, '[data-js-lock]').hidden = !this.#field('lock').checked
  }

  #name(pattern = '', values: Record<string, string>): string {
    return fileName(fill(pattern, { date: localDate(new Date()), ...values }))
  }

  #label(id: string): string {
    return listLiving(this.#store!.saved, this.dataset.sameName).find((company) => company.id === id)?.label ?? ''
  }

  async #saveFile(): Promise<void> {
    const store = this.#store!
    const id = part<HTMLSelectElement>(this.#fileForm, 'select').value
    const locked = this.#field('lock').checked
    const passphrase = this.#field('passphrase').value
    const fault = locked ? this.#faultOf(passphrase) : ''
    this.#showError(fault)
    if (fault) return
    const { nameOne, name, saved = '' } = this.dataset
    const file = this.#name(id ? nameOne : name, { company: this.#label(id) })
    let text = serialize(exportOf(store.saved, id))
    if (locked) {
      const result = await lock(text, passphrase)
      if ('fault' in result) return this.#showError(this.dataset.unlockable ?? '')
      text = result.text
      for (const field of ['passphrase', 'again']) this.#field(field).value = ''
    }
    download(text, file, 'application/json')
    setText(part(this.#fileForm, '[data-js-message]'), fill(saved, { name: file }))
    if (!id || listLiving(store.saved).length === 1)
      await store.edit((draft) => void (draft.exported = new Date().toISOString()))
  }

  #faultOf(passphrase: string): string {
    const { short = '', differs = '' } = this.dataset
    if ([...passphrase].length < minPassphrase) return short
    return passphrase === this.#field('again').value ? '' : differs
  }

  #showError(text: string): void {
    const error = part(this.#fileForm, '[data-js-error]')
    // Emptied first, so that the same mistake is announced again.
    error.textContent = ''
    error.textContent = text
    for (const field of ['passphrase', 'again']) this.#field(field).setAttribute('aria-invalid', String(text !== ''))
    if (text) this.#field('passphrase').focus()
  }

  #saveTable(): void {
    const { saved } = this.#store!
    const id = part<HTMLSelectElement>(this.#tableForm, '[name="company"]').value
    const method = chosenMethod(this.#tableForm, workSpaceOf(this).catalogue)
    const company = own(saved.companies, id)
    if (!company || !method) return
    const headings = [...this.#tableForm.querySelectorAll('[data-js-headings] li')].map(
      ({ textContent }) => textContent,
    )
    const table = tableOf(
      workSpaceOf(this).catalogue,
      method.slug,
      company.answers,
      headings,
      (status) => workSpaceOf(this).chip(status).textContent ?? '',
    )
    const file = this.#name(this.dataset.nameTable, { company: this.#label(id), method: method.name })
    download(table, file, 'text/csv')
    setText(part(this.#tableForm, '[data-js-message]'), fill(this.dataset.saved ?? '', { name: file }))
  }
}
