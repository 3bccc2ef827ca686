// The store as scripts of other bundles reach it: there is one for each page.
import { Store } from './store.ts'

/** `<answer-store>` stands at the foot of every page. `pageStore` asks it. */
export class AnswerStore extends HTMLElement {
  open(): Promise<Store> {
    return Store.open()
  }
}
