// Says in one line whether the reader's answers are kept, and in a notice what goes wrong with it.
import { download } from '../workspace/parts.ts'
import { Store, type State } from '../store/store.ts'
import { fill, localTime } from './measure.ts'

/** States in which nothing outlives the page. */
const lost: State['kind'][] = ['memory', 'full', 'newer-format']

/** `<save-state data-saved data-saving>` has the line `[data-js-line]`; the notices `[data-js-save-notice="<state>"]` stand anywhere in the page. */
export class SaveState extends HTMLElement {
  #listeners = new AbortController()
  #notices: HTMLElement[] = []
  #aside = ''

  async connectedCallback(): Promise<void> {
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    for (const button of document.querySelectorAll<HTMLElement>('[data-js-aside]')) {
      button.addEventListener('click', () => download(this.#aside, button.dataset.jsAside ?? '', 'text/plain'), { signal })
    }
    this.#notices = [...document.querySelectorAll<HTMLElement>('[data-js-save-notice]')]
    const store = await Store.open()
    store.addEventListener('state', () => this.#show(store), { signal })
    this.#show(store)
  }

  disconnectedCallback(): void {
    this.#listeners.abort()
  }

  #show({ state: { kind, time, aside } }: Store): void {
    if (aside) this.#aside = aside
    this.dataset.state = kind === 'saved' && !time ? 'ready' : kind
    let text = ''
    for (const notice of this.#notices) {
      const about = notice.dataset.jsSaveNotice
      notice.hidden = about !== kind && !(about === 'unreadable' && this.#aside)
      if (about === kind) text = notice.querySelector('.notice__title')?.textContent ?? ''
    }
    if (kind === 'saving') text = this.dataset.saving ?? ''
    else if (time && !lost.includes(kind)) text = fill(this.dataset.saved ?? '', { time: localTime(time) })
    const line = this.querySelector('[data-js-line]')
    if (line && text && line.textContent !== text) line.textContent = text
  }
}
