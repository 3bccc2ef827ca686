import { localDate, wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { part, setText } from '../parts.ts'
import { fill } from '../words.ts'
import { daysBetween, nthDay } from './days.ts'

/**
 * `<report-dates>` asks for the day on which a leak became known, and writes the deadlines that follow
 * into the table: beside `data-js-last`, the number of the last day, and `data-js-first`. Nothing is
 * stored. Without script the table has the deadlines of an example.
 */
export class ReportDates extends SiteElement {
  connect(signal: AbortSignal): void {
    part(this, '[data-js-ask]').hidden = false
    this.addEventListener('input', () => this.#show(), { signal })
    // Browsers restore what was chosen.
    addEventListener('pageshow', () => this.#show(), { signal })
    this.#show()
  }

  #show(): void {
    const field = part<HTMLInputElement>(this, 'input')
    const today = localDate(new Date())
    const isFuture = field.value > today
    setText(part(this, '[data-js-error]'), isFuture ? (this.dataset.future ?? '') : '')
    field.setAttribute('aria-invalid', String(isFuture))
    if (!field.value || isFuture) return
    for (const heading of this.querySelectorAll('[data-js-example]')) setText(heading, this.dataset.dates ?? '')
    for (const place of this.querySelectorAll<HTMLElement>('[data-js-last]')) {
      setText(place, this.#deadline(field.value, today, place.dataset))
    }
  }

  #deadline(learned: string, today: string, { jsFirst, jsLast }: DOMStringMap): string {
    const last = nthDay(learned, Number(jsLast))
    const { span = '', until = '', left = '', today: now = '', past = '' } = this.dataset
    const dates = jsFirst
      ? fill(span, { from: this.#day(nthDay(learned, Number(jsFirst))), to: this.#day(last) })
      : fill(until, { date: this.#day(last) })
    const days = daysBetween(today, last)
    return `${dates} ${days < 0 ? past : days === 0 ? now : fill(left, { days })}`
  }

  #day(day: string): string {
    const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', timeZone: 'UTC' })
    return fill(this.dataset.day ?? '', {
      date: wordDate(day, this.dataset.date ?? ''),
      weekday: weekday.format(new Date(day)),
    })
  }
}
