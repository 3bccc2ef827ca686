import { lifecycleState } from './state.ts'

/** Says beside each end of support how far it is from the reader's today. */
export class LifeCycles extends HTMLElement {
  connectedCallback(): void {
    const now = new Date()
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
    for (const row of this.querySelectorAll('tbody tr')) {
      const end = row.querySelector('time')
      const place = row.querySelector<HTMLElement>('[data-js-state]')
      if (!end || !place) throw new Error('life-cycles: a row needs a time element and [data-js-state]')
      const { kind, days } = lifecycleState(end.dateTime, today)
      place.dataset['state'] = kind
      place.textContent = (this.dataset[kind] ?? '').replace('{days}', String(days ?? ''))
    }
  }
}
