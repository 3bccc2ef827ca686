// Choosing one method of one company.
import { own, type Saved } from '../store/answers.ts'
import type { Catalogue, Method } from './figures.ts'
import { part } from '../parts.ts'
import { offer } from './parts.ts'

/** Offers the methods of the company that a form has chosen, or all when it has none yet. */
export function offerMethods(form: HTMLFormElement, { methods }: Catalogue, { companies }: Saved): void {
  const used = own(companies, part<HTMLSelectElement>(form, '[name="company"]').value)?.methods ?? []
  const known = methods.filter(({ slug }) => used.includes(slug))
  offer(part(form, '[name="method"]'), (known.length ? known : methods).map(({ slug, name }) => ({ value: slug, label: name })))
}

export function chosenMethod(form: HTMLFormElement, { methods }: Catalogue): Method | undefined {
  const { value } = part<HTMLSelectElement>(form, '[name="method"]')
  return methods.find(({ slug }) => slug === value)
}
