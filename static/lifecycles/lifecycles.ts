import { localDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { fill } from '../words.ts'
import { lifecycleState } from './state.ts'

/** Says beside each end of support how far away it is from the reader's today. */
export class LifeCycles extends SiteElement {
  connect(): void {
    const today = localDate(new Date())
    for (const row of this.querySelectorAll('tbody tr')) {
      const { kind, days = 0 } = lifecycleState(part<HTMLTimeElement>(row, 'time').dateTime, today)
      const place = part(row, '[data-js-state]')
      place.dataset.state = kind
      place.textContent = fill(this.dataset[kind] ?? '', { days })
    }
  }
}
