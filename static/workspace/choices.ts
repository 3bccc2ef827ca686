// Lists to choose a company or a method from.
import type { Catalogue, Method } from '../answers/catalogue.ts'
import { own, type Saved } from '../answers/format.ts'
import { part } from '../parts.ts'

export interface Choosable {
  value: string
  label: string
}

/** A list of this length costs nothing. */
const short = 100

/** The options of long lists, which are made when the reader comes to the list. */
const waiting = new WeakMap<HTMLSelectElement, Choosable[]>()

/** Offers the given options and keeps the choice, or `chosen`, if it is among them. */
export function offer(select: HTMLSelectElement, all: Choosable[], chosen = select.value): void {
  if (!waiting.has(select)) select.addEventListener('focus', () => show(select, waiting.get(select)!, select.value))
  waiting.set(select, all)
  const isOpen = all.length <= short || select.matches(':focus')
  // What is chosen can be shown without the others.
  show(select, isOpen ? all : [all.find(({ value }) => value === chosen) ?? all[0]!], chosen)
}

function show(select: HTMLSelectElement, options: Choosable[], value: string): void {
  const asText = (list: Iterable<Choosable>) => JSON.stringify([...list].map(({ value, label }) => [value, label]))
  if (asText(select.options) !== asText(options))
    select.replaceChildren(...options.map(({ value, label }) => new Option(label, value)))
  if (options.some((option) => option.value === value)) select.value = value
}

/** Offers the methods of the company chosen in a form, or all methods if it has none yet. */
export function offerMethods(form: HTMLFormElement, { methods }: Catalogue, { companies }: Saved): void {
  const used = own(companies, part<HTMLSelectElement>(form, '[name="company"]').value)?.methods ?? []
  const known = methods.filter(({ slug }) => used.includes(slug))
  offer(
    part(form, '[name="method"]'),
    (known.length ? known : methods).map(({ slug, name }) => ({ value: slug, label: name })),
  )
}

export function chosenMethod(form: HTMLFormElement, { methods }: Catalogue): Method | undefined {
  const { value } = part<HTMLSelectElement>(form, '[name="method"]')
  return methods.find(({ slug }) => slug === value)
}
