// Says in one line whether the reader's answers are saved, and in a notice what is wrong if they
// are not.
import { listLiving } from '../answers/companies.ts'
import { exportOf } from '../answers/export.ts'
import { serialize } from '../answers/format.ts'
import { localDate, localTime, wordDate } from '../dates.ts'
import { download } from '../download.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { Store, type State } from '../store/store.ts'
import { fill } from '../words.ts'

/** States in which answers do not outlive the page. */
const lost: State['kind'][] = ['memory', 'long-path', 'full', 'newer-format', 'refused']

/**
 * `<save-state data-saved data-handed data-saving data-date>` has the line `[data-js-line]`. The notices
 * `[data-js-save-notice="<state>"]` may stand anywhere in the page.
 */
export class SaveState extends SiteElement {
  #notices: HTMLElement[] = []
  /** What a notice offers, whatever is saved. */
  #offered: Record<string, string | undefined> = {}

  async connect(signal: AbortSignal): Promise<void> {
    this.#notices = [...document.querySelectorAll<HTMLElement>('[data-js-save-notice]')]
    const store = await Store.follow((store) => this.#show(store), signal)
    for (const notice of this.#notices)
      notice.addEventListener('click', ({ target }) => this.#press(store, notice, target), { signal })
    store.addEventListener('state', () => this.#show(store), { signal })
  }

  /** Offers as a file what is not saved here. */
  #press(store: Store, notice: HTMLElement, target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest('button') : null
    const { jsKeep, jsAside } = button?.dataset ?? {}
    if (jsKeep)
      download(serialize(exportOf(store.saved)), fill(jsKeep, { date: localDate(new Date()) }), 'application/json')
    if (jsAside) {
      download(this.#offered[notice.dataset.jsSaveNotice!] ?? '', jsAside, 'text/plain')
      const forget = notice.querySelector<HTMLElement>('[data-js-forget]')
      if (forget) forget.hidden = false
    }
    if (button?.matches('[data-js-forget]')) {
      void store.forget()
      document.querySelector('main')?.focus()
    }
  }

  #show(store: Store): void {
    const { kind, time, durable, aside: unreadable, refused } = store.state
    this.#offered = { unreadable, refused }
    const areSeveral = listLiving(store.saved).length > 1
    setText(part(this, '[data-js-company]'), areSeveral ? (store.company()?.name ?? '') : '')
    this.dataset.state = kind === 'saved' && !time ? 'ready' : kind
    let text = ''
    for (const notice of this.#notices) {
      const about = notice.dataset.jsSaveNotice!
      notice.hidden = about !== kind && !this.#offered[about]
      if (about === kind) text = notice.querySelector('.notice__title')?.textContent ?? ''
    }
    if (kind === 'saving') text = this.dataset.saving ?? ''
    else if (time && !lost.includes(kind)) {
      const day = localDate(time)
      const isToday = day === localDate(new Date())
      const date = isToday ? '' : `${wordDate(day, this.dataset.date ?? '')} `
      text = fill((durable ? this.dataset.saved : this.dataset.handed) ?? '', { time: date + localTime(time) })
    }
    const line = this.querySelector('[data-js-line]')
    if (line && text) setText(line, text)
  }
}
