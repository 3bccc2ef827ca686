// The owners (担当) that the reader has named, offered where another is written.
import { ownersOf } from '../answers/entry.ts'
import { part } from '../parts.ts'
import type { Store } from '../store/store.ts'

/** Fills the list that the fields for an owner show, with the owners of all the company's measures. */
export function suggestOwners(store: Store | undefined): void {
  const names = ownersOf(Object.values(store?.company()?.answers ?? {}))
  part(document, '#owners').replaceChildren(...names.map((name) => new Option(name)))
}
