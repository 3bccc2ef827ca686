// The script that a checklist loads when a reader first gives owner (担当) and due date (期限) to
// several measures at once.
import type { Entry } from '../answers/entry.ts'
import { localDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { copyOf, part, setText } from '../parts.ts'
import { fill } from '../words.ts'
import type { CheckList, Row } from './check-list.ts'

type Assigned = Pick<Entry, 'owner' | 'due'>

/**
 * `<assign-many>` stands in a disclosure of a `<check-list>`, around a form. While that is open, each
 * row of the list has a tick box. What was given last can be taken back until the next tick.
 */
class AssignMany extends SiteElement {
  #list!: CheckList
  #panel!: HTMLDetailsElement
  #form!: HTMLFormElement
  #boxes = new Map<Row, HTMLInputElement>()
  /** What the measures that were given something last had before. */
  #before = new Map<Row, Assigned>()

  connect(signal: AbortSignal): void {
    this.#list = this.closest<CheckList>('check-list')!
    this.#panel = this.closest('details')!
    this.#form = part<HTMLFormElement>(this, 'form')
    for (const row of this.#list.rows) this.#boxes.set(row, this.#addBox(row))
    this.hidden = false

    this.#panel.addEventListener('toggle', () => this.#toggle(), { signal })
    this.#form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        void this.#give()
      },
      { signal },
    )
    this.#field('owner').addEventListener('focus', () => this.#list.suggestOwners(), { signal })
    this.#list.addEventListener(
      'change',
      ({ target }) => {
        if ((target as HTMLInputElement).name === 'chosen') this.#count()
      },
      { signal },
    )
    this.#list.addEventListener('click', ({ target }) => this.#press((target as HTMLElement).dataset), { signal })
    this.#toggle()
  }

  #addBox({ element }: Row): HTMLInputElement {
    const label = copyOf(this)
    const box = part<HTMLInputElement>(label, 'input')
    box.setAttribute('aria-label', part(element, 'answer-box').dataset.title ?? '')
    part(element, '[data-js-tick]').append(label)
    return box
  }

  #find(hook: string): HTMLElement {
    return part(this.#list, `[data-js-${hook}]`)
  }

  #field(name: keyof Assigned): HTMLInputElement {
    return part<HTMLInputElement>(this.#form, `[name="${name}"]`)
  }

  #toggle(): void {
    const { open } = this.#panel
    this.#list.toggleAttribute('data-choosing', open)
    this.#find('assigning').hidden = !open
    this.#find('next').hidden = open
    if (open) this.#count()
    else this.#show('', 0)
  }

  #chosen(): Row[] {
    return [...this.#boxes].filter(([, box]) => box.checked).map(([row]) => row)
  }

  #count(): void {
    this.#before.clear()
    this.#show(this.#form.dataset.chosen, this.#chosen().length)
  }

  #show(message = '', count: number): void {
    this.#find('give').hidden = this.#before.size > 0
    this.#find('take-back').hidden = this.#before.size === 0
    setText(this.#find('message'), fill(message, { count }))
  }

  #press({ jsAssign, jsMonth, jsTakeBack }: DOMStringMap): void {
    if (jsMonth) {
      const now = new Date()
      this.#field('due').value = localDate(new Date(now.getFullYear(), now.getMonth() + Number(jsMonth), 0))
    }
    if (jsAssign === 'all') {
      for (const [{ element }, box] of this.#boxes) box.checked ||= !element.hasAttribute('data-out')
      this.#count()
    }
    if (jsTakeBack !== undefined) void this.#takeBack()
    if (jsAssign === 'end') {
      this.#panel.open = false
      part(this.#panel, 'summary').focus()
    }
  }

  async #give(): Promise<void> {
    const owner = this.#field('owner').value.trim()
    const due = this.#field('due').value
    const rows = this.#chosen()
    const isEmpty = !owner && !due
    if (isEmpty) this.#field('owner').focus()
    if (isEmpty || !rows.length) return this.#show(this.#form.dataset.missing, 0)
    const before = new Map(rows.map((row) => [row, { owner: row.entry.owner, due: row.entry.due }]))
    await this.#list.change(new Map(rows.map((row) => [row, { ...(owner && { owner }), ...(due && { due }) }])))
    for (const row of rows) this.#boxes.get(row)!.checked = false
    this.#before = before
    this.#show(this.#form.dataset.given, rows.length)
    this.#find('take-back').focus()
  }

  async #takeBack(): Promise<void> {
    const before = new Map(this.#before)
    await this.#list.change(before)
    for (const row of before.keys()) this.#boxes.get(row)!.checked = true
    this.#count()
    this.#find('give').focus()
  }
}

customElements.define('assign-many', AssignMany)
