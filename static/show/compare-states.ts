// A company now against what it was (前と比べる): a state that was kept, or a file that was saved.
import type { Catalogue } from '../answers/catalogue.ts'
import { listLiving } from '../answers/companies.ts'
import { alive, compareTexts, empty, type Company, type Saved, type Status } from '../answers/format.ts'
import { guessTargets } from '../answers/match.ts'
import { lastChange, methodsOf } from '../answers/progress.ts'
import { snapshotOf, snapshotsOf, type Snapshot } from '../answers/snapshot.ts'
import { copyOf, part, setText } from '../parts.ts'
import { descriptionIn, readCatalogue } from '../read-catalogue.ts'
import { pageStore } from '../store/page-store.ts'
import { fill } from '../words.ts'
import { compareStates, kinds, progressOfState, type Change, type Comparison } from './compare.ts'
import { nameState } from './name-state.ts'
import type { Opened } from './open-file.ts'
import { ShownDocument } from './shown-document.ts'

/** What the company can be compared with. */
interface Choice {
  value: string
  label: string
  state: () => Snapshot
}

/** The id of a company that is in no record. */
const nobody = '\n'

/**
 * `<compare-states>` holds the document in `[data-js-made]`, and in `[data-js-plain]` what is said
 * without answers. Its templates describe the handbook.
 */
export class CompareStates extends ShownDocument {
  #file: Opened | undefined
  /** The choice's value, '' while the reader has not chosen. */
  #chosen = ''

  override async connect(signal: AbortSignal): Promise<void> {
    this.#select.addEventListener(
      'change',
      () => {
        this.#chosen = this.#select.value
        this.show(this.company)
      },
      { signal },
    )
    part(this, 'open-file').addEventListener(
      'opened',
      (event) => void this.#open((event as CustomEvent<Opened | undefined>).detail),
      { signal },
    )
    await super.connect(signal)
  }

  get #select(): HTMLSelectElement {
    return part(this, '[data-js-with]')
  }

  /** Nothing of the file goes into the record. */
  async #open(file: Opened | undefined): Promise<void> {
    this.#file = file
    this.#chosen = file && this.company ? await this.#guess(file.saved, this.company) : ''
    this.show(this.company)
    if (file && this.#chosen) this.#select.focus()
  }

  /** The choice that most likely is the same company. */
  async #guess(theirs: Saved, company: Company): Promise<string> {
    const { saved } = this.isCopy ? { saved: empty() } : await pageStore()
    const id = Object.keys(saved.companies).find((id) => alive(saved, id) === company) ?? nobody
    const mine = { ...empty(), companies: { [id]: company } }
    const targets = [...guessTargets(mine, theirs, this.dataset.company ?? '')]
    const [found = ''] = targets.find(([, target]) => target === id) ?? targets[0] ?? []
    return fileChoice(found)
  }

  #choices(company: Company): Choice[] {
    const { date, inFile = '', sameName } = this.dataset
    const kept = snapshotsOf(company).map(([id, state]) => ({
      value: id,
      label: nameState(state, date),
      state: () => state,
    }))
    const { name = '', saved = empty() } = this.#file ?? {}
    const inside = listLiving(saved, sameName).map(({ id, company: theirs, label }): Choice => {
      // A table of text names no method.
      const methods = theirs.methods.length ? theirs.methods : company.methods
      return {
        value: fileChoice(id),
        label: fill(inFile, { file: name, company: label || this.dataset.company || id }),
        state: () => snapshotOf(readCatalogue(this), { ...theirs, methods }, lastChange(theirs)),
      }
    })
    return [...kept.reverse(), ...inside]
  }

  show(company: Company | undefined): void {
    const catalogue = readCatalogue(this)
    const methods = company ? methodsOf(catalogue, company) : []
    part(this, '[data-js-plain]').hidden = methods.length > 0
    part(this, '[data-js-made]').hidden = methods.length === 0
    if (!company || !methods.length) return
    part(this, '[data-js-own]').hidden = this.isCopy
    part(this, '[data-js-copied]').hidden = !this.isCopy
    const choices = this.#choices(company)
    const isOther = (choice: Choice) => compareStates(catalogue, choice.state(), company).changes.length > 0
    // Who has kept what there is now wants to know what has come since the state before.
    const choice =
      choices.find(({ value }) => value === this.#chosen) ??
      choices.find((choice) => !isOfFile(choice) && isOther(choice)) ??
      choices[0]
    const select = this.#select
    select.replaceChildren(...choices.map(({ value, label }) => new Option(label, value)))
    if (choice) select.value = choice.value
    part(this, '[data-js-choose]').hidden = !choice
    part(this, '[data-js-nothing]').hidden = Boolean(choice)
    part(this, '[data-js-document]').hidden = !choice
    part(this, '[data-js-tools]').hidden = !choice
    if (!choice) return
    const then = choice.state()
    const nameOf = (method: string) => catalogue.methods.find(({ slug }) => slug === method)?.name ?? method
    setText(part(this, '[data-js-methods]'), methods.map(nameOf).join(this.dataset.separator))
    setText(part(this, '[data-js-then]'), choice.label)
    const comparison = compareStates(catalogue, then, company)
    this.#showCounts(comparison)
    this.#showChanges(comparison.changes)
    // A file is a state of another day.
    const states = [
      ...snapshotsOf(company).map(([, state]) => state),
      ...(isOfFile(choice) ? [{ ...then, name: choice.label }] : []),
    ]
    states.sort((a, b) => compareTexts(a.made, b.made))
    this.#showProgress(catalogue, [
      ...states,
      snapshotOf(catalogue, company, new Date().toISOString(), this.dataset.now),
    ])
  }

  #showCounts({ changes, same }: Comparison): void {
    const counts = kinds.map(
      (kind) =>
        [this.getAttribute(`data-count-${kind}`), changes.filter((change) => change.kind === kind).length] as const,
    )
    const said = [...counts, [this.dataset.countSame, same] as const].filter(([, count]) => count > 0)
    const words = said.map(([pattern, count]) => fill(pattern ?? '', { count }))
    setText(part(this, '[data-js-counts]'), `${changes.length ? '' : (this.dataset.none ?? '')}${words.join('')}`)
  }

  #showChanges(changes: Change[]): void {
    for (const kind of kinds) {
      const section = part(this, `[data-js-kind="${kind}"]`)
      const own = changes.filter((change) => change.kind === kind)
      section.hidden = own.length === 0
      part(section, 'ul').replaceChildren(...own.map((change) => this.#item(change)))
    }
  }

  #item({ slug, measure, then, now, isChanged, isRenewed }: Change): HTMLElement {
    const { unknownMeasure = '', step = '', changed = '', renewed = '' } = this.dataset
    const item = copyOf(this, '[data-js-change]')
    const link = part<HTMLAnchorElement>(item, 'a')
    if (measure) {
      link.href = measure.href
      link.textContent = `${measure.number} ${measure.title}`
    } else link.replaceWith(fill(unknownMeasure, { name: slug }))
    const word = (status: Status) => part(descriptionIn(this), `[data-js-status="${status}"]`).textContent
    const words = then && now && then !== now ? fill(step, { then: word(then), now: word(now) }) : word((now ?? then)!)
    setText(part(item, '[data-js-words]'), `${words}${isChanged ? changed : isRenewed ? renewed : ''}`)
    return item
  }

  #showProgress(catalogue: Catalogue, states: Snapshot[]): void {
    const { date, figure = '', blank = '' } = this.dataset
    const rows = states.map((state) => {
      const row = copyOf(this, '[data-js-row]')
      setText(part(row, 'th'), nameState(state, date))
      for (const { group, total, done } of progressOfState(catalogue, state)) {
        const cell = row.appendChild(copyOf<HTMLTableCellElement>(this, '[data-js-figure]'))
        setText(part(cell, '[data-js-group-name]'), group.name)
        setText(part(cell, '[data-js-words]'), total ? fill(figure, { done, total }) : blank)
        cell.querySelector('rect')!.setAttribute('width', String(total && (100 * done) / total))
      }
      return row
    })
    part(this, '[data-js-progress]').replaceChildren(...rows)
  }
}

function fileChoice(id: string): string {
  return `${nobody}${id}`
}

function isOfFile({ value }: Choice): boolean {
  return value.startsWith(nobody)
}
