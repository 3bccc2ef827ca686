// The sample of a company's rules (規程), as its answers make it.
import { readMeasure } from '../answers/catalogue.ts'
import { entryOf, hasStatus } from '../answers/entry.ts'
import type { Company } from '../answers/format.ts'
import { localDate, wordDate } from '../dates.ts'
import { part, setText } from '../parts.ts'
import { fill } from '../words.ts'
import { clauseState, type ClauseState } from './clause.ts'
import { ShownDocument } from './shown-document.ts'

/**
 * `<company-rules>` holds parts `[data-js-part]` of clauses; those of measures, `[data-js-measure]`,
 * tell in `[data-js-planned]` what is not in force yet.
 */
export class CompanyRules extends ShownDocument {
  override get numbers(): Record<string, string> {
    const { chapter = '', clause = '' } = this.dataset
    return { chapter, clause }
  }

  show(company: Company | undefined): void {
    const clauses = this.showUsed(company).map((element) => {
      const measure = readMeasure(element.dataset.jsMeasure!, element.dataset)
      const entry = entryOf(measure, company?.answers)
      return { element, entry, state: clauseState(entry, measure) }
    })
    const answered = clauses.some(({ entry }) => hasStatus(entry))
    const count: Record<ClauseState, number> = { done: 0, planned: 0, changed: 0, out: 0 }
    for (const { element, entry, state } of clauses) {
      count[state]++
      element.hidden = answered && state === 'out'
      setText(part(element, '[data-js-planned]'), answered ? this.#remark(state, entry.due) : '')
      setText(part(element, '[data-js-note]'), answered ? this.#note(state, entry.due) : '')
    }
    for (const name of this.querySelectorAll('[data-js-name]'))
      setText(name, this.companyName || (this.dataset.you ?? ''))
    this.tellLeft(clauses.flatMap(({ element }) => (element.hidden ? [element] : [])))
    part(this, '[data-js-marks]').hidden = !answered || count.planned + count.changed === 0
    this.#number()
    const state = part(this, '[data-js-state]')
    const { blank = '', filled = '' } = state.dataset
    setText(
      state,
      answered
        ? fill(filled, {
            done: count.done,
            planned: count.planned + count.changed,
            blank: clauses.filter(({ entry }) => !hasStatus(entry)).length,
            again: count.changed,
            out: count.out,
          })
        : blank,
    )
  }

  /** What the company is told of a clause: a day that has passed is none to plan by. */
  #remark(state: ClauseState, due = ''): string {
    const { date = '', planned = '', plannedBy = '' } = this.dataset
    if (state !== 'planned' && state !== 'changed') return ''
    return state === 'planned' && due >= localDate(new Date())
      ? fill(plannedBy, { date: wordDate(due, date) })
      : planned
  }

  /** What only whoever keeps the record is told. */
  #note(state: ClauseState, due = ''): string {
    const { date = '', late = '', changed = '' } = this.dataset
    if (state === 'changed') return changed
    return state === 'planned' && due && due < localDate(new Date()) ? fill(late, { date: wordDate(due, date) }) : ''
  }

  /** Numbers what is shown anew. A part without clauses goes. */
  #number(): void {
    let clauses = 0
    let chapters = 0
    for (const section of this.querySelectorAll<HTMLElement>('[data-js-part]')) {
      const shown = [...section.querySelectorAll<HTMLElement>('[data-js-number="clause"]')].filter(
        (number) => !number.closest<HTMLElement>('p')!.hidden,
      )
      section.hidden = shown.length === 0
      if (section.hidden) continue
      setText(part(section, '[data-js-number="chapter"]'), fill(this.dataset.chapter ?? '', { number: ++chapters }))
      for (const number of shown) setText(number, fill(this.dataset.clause ?? '', { number: ++clauses }))
    }
  }
}
