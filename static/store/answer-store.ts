// The store, and what loads scripts, as scripts of other bundles reach them: there is one of each for a page.
import { loadScript } from '../load-script.ts'
import { Store } from './store.ts'

/** `<answer-store>` stands at the foot of every page. `pageStore` and `pageScript` ask it. */
export class AnswerStore extends HTMLElement {
  open(): Promise<Store> {
    return Store.open()
  }

  load(name: string): Promise<unknown> {
    return loadScript(name)
  }
}
