// The companies (組織) that a reader keeps answers for.
import { fill } from '../words.ts'
import { compareTexts, own, type Company, type Saved } from './format.ts'

export const maxName = 80

/** Of a helper's number, as the fields for it have it. */
export const maxContact = 80

/** A company that is not deleted. */
export interface Living {
  id: string
  company: Company
  /** Its name, with a number if others have the same. */
  label: string
}

/**
 * Spaces, controls and marks without a shape, such as those that turn the direction of writing; but
 * not the joiners and tags that emoji are made with.
 */
const unseen = /(?:(?![\u200c\u200d\u{e0020}-\u{e007f}])[\s\p{Cc}\p{Cf}])+/gu

/**
 * A name on one line, with the characters as they were typed: other forms of them, though Unicode
 * takes them for equal, are other names to their owners. It is '' if there is nothing to be seen.
 */
export function oneLine(text: string): string {
  const name = text.replace(unseen, ' ').trim()
  return /[^\s\p{Cf}\p{M}]/u.test(name) ? name : ''
}

/** A name as it is stored: on one line, and not too long. */
export function cleanName(text: string): string {
  return [...oneLine(text)]
    .slice(0, maxName)
    .join('')
    .replace(/[\s\u200d]+$/u, '')
}

/** A company's name, '' while it has only the one that companies get by themselves. */
export function givenName(company: Company | undefined, unnamed = ''): string {
  const { name = '' } = company ?? {}
  return name === unnamed ? '' : name
}

/** A name as it is compared: equal for all ways to write it that look alike. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{VS}]/gu, '')
}

/**
 * Lists the companies in the order they were made. `sameName`, with {name} and {count}, numbers
 * those whose names look alike.
 */
export function listLiving(saved: Saved, sameName = '{name}'): Living[] {
  const living = Object.entries(saved.companies).filter(([, { deleted }]) => !deleted)
  living.sort(([id, { made: a = '' }], [otherId, { made: b = '' }]) => compareTexts(a, b) || compareTexts(id, otherId))
  const seen = new Map<string, number>()
  return living.map(([id, company]) => {
    const folded = foldName(company.name)
    const count = (seen.get(folded) ?? 0) + 1
    seen.set(folded, count)
    return { id, company, label: count === 1 ? company.name : fill(sameName, { name: company.name, count }) }
  })
}

/** Draws a random id. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

// Changes to a draft of the answers

export function addCompany(draft: Saved, id: string, name: string): void {
  draft.companies[id] = { name, methods: [], answers: {}, at: {}, made: new Date().toISOString() }
  draft.current = id
}

/** Deletes a company, and makes another the current one if need be. */
export function deleteCompany(draft: Saved, id: string): void {
  const company = own(draft.companies, id)
  if (!company) return
  company.deleted = true
  if (draft.current === id) draft.current = listLiving(draft)[0]?.id ?? id
}

/** Brings back a company as it was before it was deleted. */
export function restoreCompany(draft: Saved, id: string, before: Company, current: boolean): void {
  const { deleted: _, ...company } = structuredClone(before)
  draft.companies[id] = company
  if (current) draft.current = id
}

export function setMethod(draft: Saved, id: string, method: string, used: boolean): void {
  const company = own(draft.companies, id)
  if (!company) return
  company.methods = company.methods.filter((other) => other !== method)
  if (used) company.methods.push(method)
}
