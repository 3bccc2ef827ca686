// The companies (組織) that a reader keeps answers for.
import { fill } from '../words.ts'
import { compareTexts, own, type Company, type Saved } from './format.ts'

export const maxName = 80

/** A company that is not deleted. */
export interface Living {
  id: string
  company: Company
  /** Its name, with a number if others have the same. */
  label: string
}

/**
 * A name as it is stored: on one line, trimmed and not too long; '' if there is nothing left of it.
 */
export function cleanName(text: string): string {
  const name = text.normalize('NFC').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return [...name].slice(0, maxName).join('').trim()
}

/**
 * Lists the companies in the order they were made. `sameName`, with {name} and {count}, numbers
 * those of one name.
 */
export function listLiving(saved: Saved, sameName = '{name}'): Living[] {
  const living = Object.entries(saved.companies).filter(([, { deleted }]) => !deleted)
  living.sort(([id, { made: a = '' }], [otherId, { made: b = '' }]) => compareTexts(a, b) || compareTexts(id, otherId))
  const seen = new Map<string, number>()
  return living.map(([id, company]) => {
    const count = (seen.get(company.name) ?? 0) + 1
    seen.set(company.name, count)
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
