// Saves the answers as a file: JSON to be loaded again, locked if the reader wishes, or a table for
// Excel, which a script of its own makes.
import { listLiving } from '../answers/companies.ts'
import { exportOf, minPassphrase } from '../answers/export.ts'
import { own, serialize, type Status } from '../answers/format.ts'
import { lock } from '../answers/lock.ts'
import { localDate } from '../dates.ts'
import { download, fileName } from '../download.ts'
import { SiteElement } from '../element.ts'
import { saveWorkbook } from '../excel/save-workbook.ts'
import type { Tables } from '../excel/save.ts'
import { loadScript } from '../load-script.ts'
import { part, setText } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { chosenMethod, offer, offerMethods } from './choices.ts'
import { workSpaceOf } from './work-space.ts'

/** `<save-file>` within `<work-space>` has the forms `[data-js-file]` and `[data-js-table]`. */
export class SaveFile extends SiteElement {
  #store: Store | undefined
  /** When the last file of everything was made, and the reader was asked whether it is there. */
  #made = ''

  async connect(signal: AbortSignal): Promise<void> {
    this.#store = await Store.open()
    this.#store.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener('change', () => this.#offer(), { signal })
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        if (event.target === this.#fileForm) void this.#saveFile()
        else void this.#saveTable(event.submitter)
      },
      { signal },
    )
    part(this, '[data-js-confirm]').addEventListener('click', () => void this.#confirm(), { signal })
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
    return fileName(pattern, { date: localDate(new Date()), ...values })
  }

  #label(id: string): string {
    return listLiving(this.#store!.saved, this.dataset.sameName).find((company) => company.id === id)?.label ?? ''
  }

  async #saveFile(): Promise<void> {
    const store = this.#store!
    const id = part<HTMLSelectElement>(this.#fileForm, 'select').value
    const locked = this.#field('lock').checked
    const passphrase = this.#field('passphrase').value.trim()
    const fault = locked ? this.#faultOf(passphrase) : ''
    this.#showError(fault)
    if (fault) return
    const { nameOne, name, saved = '' } = this.dataset
    const file = this.#name(id ? nameOne : name, { company: this.#label(id) })
    const made = new Date().toISOString()
    let text = serialize(exportOf(store.saved, id))
    if (locked) {
      const result = await lock(text, passphrase)
      if ('fault' in result) return this.#showError(this.dataset.unlockable ?? '')
      text = result.text
      for (const field of ['passphrase', 'again']) this.#field(field).value = ''
    }
    download(text, file, 'application/json')
    setText(part(this.#fileForm, '[data-js-message]'), fill(saved, { name: file }))
    // Browsers do not tell whether a file was saved.
    this.#made = !id || listLiving(store.saved).length === 1 ? made : ''
    part(this, '[data-js-made]').hidden = !this.#made
  }

  async #confirm(): Promise<void> {
    const message = part(this.#fileForm, '[data-js-message]')
    part(this, '[data-js-made]').hidden = true
    setText(message, this.dataset.confirmed ?? '')
    part(this.#fileForm, '[type="submit"]').focus()
    await this.#store!.edit((draft) => void (draft.exported = this.#made))
  }

  #faultOf(passphrase: string): string {
    const { short = '', differs = '' } = this.dataset
    if ([...passphrase].length < minPassphrase) return short
    return passphrase === this.#field('again').value.trim() ? '' : differs
  }

  #showError(text: string): void {
    const error = part(this.#fileForm, '[data-js-error]')
    // Emptied first, so that the same mistake is announced again.
    error.textContent = ''
    error.textContent = text
    for (const field of ['passphrase', 'again']) this.#field(field).setAttribute('aria-invalid', String(text !== ''))
    if (text) this.#field('passphrase').focus()
  }

  async #saveTable(button: HTMLElement | null): Promise<void> {
    const { saved } = this.#store!
    const { catalogue } = workSpaceOf(this)
    const id = part<HTMLSelectElement>(this.#tableForm, '[name="company"]').value
    const method = chosenMethod(this.#tableForm, catalogue)
    const company = own(saved.companies, id)
    if (!company || !method) return
    const { tables = '', nameTable = '', saved: done = '', tableFailed = '', changed = '' } = this.dataset
    const saveCsv = async () => {
      const headings = [...this.#tableForm.querySelectorAll('[data-js-headings] li')].map(
        ({ textContent }) => textContent,
      )
      const word = (status: Status) => workSpaceOf(this).chip(status).textContent ?? ''
      return ((await loadScript(tables)) as Tables).saveCsv(
        catalogue,
        method,
        company.answers,
        headings,
        word,
        nameTable,
        this.#label(id),
        changed,
      )
    }
    const isCsv = (button as HTMLButtonElement | null)?.value === 'csv'
    const text = await (isCsv ? saveCsv() : saveWorkbook(tables, method.slug, saved, company, this.#label(id))).then(
      (name) => fill(done, { name }),
      () => tableFailed,
    )
    setText(part(this.#tableForm, '[data-js-message]'), text)
  }
}
