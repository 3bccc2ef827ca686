// For scripts beside that of every page, and for those that stand without it. It imports types alone:
// a second copy of the store would know nothing of what the first has not saved yet.
import type { AnswerStore } from './answer-store.ts'
import type { Store } from './store.ts'

/** Opens the page's one store. */
export async function pageStore(): Promise<Store> {
  return element().open()
}

/** Loads a script by its name, and gives what it hands over. */
export async function pageScript(name: string): Promise<unknown> {
  return element().load(name)
}

function element(): AnswerStore {
  return document.querySelector<AnswerStore>('answer-store')!
}
