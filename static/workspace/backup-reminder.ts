// Reminds the reader to save a file when many changes are in none yet.
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { reminderOf } from './reminder.ts'

/**
 * `<backup-reminder hidden data-text data-first>` appears when a page is opened, never in the
 * middle of work.
 */
export class BackupReminder extends SiteElement {
  async connect(signal: AbortSignal): Promise<void> {
    const store = await Store.open()
    const reminder = reminderOf(store.saved, new Date())
    if (!reminder) return
    const { text = '', first = '' } = this.dataset
    part(this, '[data-js-text]').textContent = fill(reminder.first ? first : text, {
      count: reminder.changes,
      days: reminder.days,
    })
    this.hidden = false
    part(this, 'button').addEventListener(
      'click',
      () => {
        void store.edit((draft) => void (draft.reminded = new Date().toISOString()))
        this.nextElementSibling?.querySelector<HTMLElement>('a, button, input')?.focus()
      },
      { signal },
    )
    store.addEventListener(
      'change',
      () => {
        this.hidden ||= !reminderOf(store.saved, new Date())
      },
      { signal },
    )
  }
}
