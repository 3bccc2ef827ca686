// Lists to choose a company or a method from.
import type { Catalogue, Method } from '../answers/catalogue.ts'
import { own, type Saved } from '../answers/format.ts'
import { part } from '../parts.ts'

export interface Choosable {
  value: string
  label: string
}

/** Offers the given options and keeps the choice, if it is among them. */
export function offer(select: HTMLSelectElement, options: Choosable[]): void {
  const { value } = select
  const asText = (list: Iterable<Choosable>) => JSON.stringify([...list].map(({ value, label }) => [value, label]))
  if (asText(select.options) === asText(options)) return
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
