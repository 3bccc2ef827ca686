// The calendar of a company (カレンダー).
import { listLiving, newId } from '../answers/companies.ts'
import { productField, type Company } from '../answers/format.ts'
import { lastChange } from '../answers/progress.ts'
import { crc32 } from '../crc32.ts'
import { localDate, wordDate } from '../dates.ts'
import { download } from '../download.ts'
import { copyOf, part, setText } from '../parts.ts'
import { readAll, readCatalogue } from '../read-catalogue.ts'
import { pageStore } from '../store/page-store.ts'
import { fill } from '../words.ts'
import { calendarFile, calendarType, type CalendarEvent } from './icalendar.ts'
import { eventsOf, scheduleOf, type Item, type Schedule } from './schedule.ts'
import { ShownAnswers } from './shown-answers.ts'

/**
 * `<company-calendar>` holds in `[data-js-made]` a tick box for each product, `[data-js-product]`, and
 * what comes, in words; in `[data-js-plain]` what is said while nothing does. For each kind of item it
 * has a title with {name}, `data-<kind>`, and a text for the calendar, `data-<kind>-text`.
 */
export class CompanyCalendar extends ShownAnswers {
  override async connect(signal: AbortSignal): Promise<void> {
    this.addEventListener(
      'change',
      ({ target }) => {
        if (target instanceof HTMLInputElement) void this.#tick(target.dataset.jsProduct!, target.checked)
      },
      { signal },
    )
    this.addEventListener(
      'click',
      ({ target }) => {
        if (target instanceof Element && target.closest('[data-js-save]')) void this.#save()
      },
      { signal },
    )
    await super.connect(signal)
  }

  show(company: Company | undefined): void {
    const schedule = this.#schedule()
    const isEmpty = schedule.coming.length + schedule.late.length === 0
    part(this, '[data-js-made]').hidden = false
    part(this, '[data-js-plain]').hidden = !isEmpty
    for (const made of this.querySelectorAll<HTMLElement>('[data-js-calendar]')) made.hidden = isEmpty
    part<HTMLButtonElement>(this, '[data-js-save]').hidden = eventsOf(schedule, localDate(new Date())).length === 0
    // Both stand beside the products, which not every handbook has.
    for (const place of this.querySelectorAll<HTMLElement>('[data-js-kept]')) place.hidden = this.isCopy
    for (const place of this.querySelectorAll<HTMLElement>('[data-js-copy-note]')) place.hidden = !this.isCopy
    this.#showProducts(company)
    this.#showLate(schedule.late)
    part(this, '[data-js-coming-part]').hidden = schedule.coming.length === 0
    part(this, '[data-js-coming]').replaceChildren(
      ...schedule.coming.map((item) => this.#row(item, this.#details(item))),
    )
  }

  #schedule(): Schedule {
    if (!this.company) return { coming: [], late: [] }
    const products = readAll(this, 'data-js-product', (input, slug) => ({
      slug,
      name: part(input.closest('label')!, '[data-js-name]').textContent,
      href: input.dataset.href ?? '',
      end: input.dataset.end ?? '',
    }))
    const days = { made: this.made, today: localDate(new Date()) }
    return scheduleOf(readCatalogue(this), products, this.company, days)
  }

  #showProducts(company: Company | undefined): void {
    const today = localDate(new Date())
    for (const group of this.querySelectorAll('[data-js-group-of]')) {
      const boxes = [...group.querySelectorAll<HTMLInputElement>('[data-js-product]')]
      for (const box of boxes) {
        box.checked = Boolean(company?.[productField(box.dataset.jsProduct!)])
        part(box.closest('label')!, '[data-js-past]').hidden = (box.dataset.end ?? '') >= today
      }
      const count = boxes.filter(({ checked }) => checked).length
      setText(part(group, '[data-js-count]'), count ? fill(this.dataset.count ?? '', { count }) : '')
    }
  }

  /** What is over comes first. */
  #showLate(late: Item[]): void {
    const [over, others] = [late.filter(({ kind }) => kind === 'end'), late.filter(({ kind }) => kind !== 'end')]
    part(this, '[data-js-late-part]').hidden = late.length === 0
    part(this, '[data-js-late]').replaceChildren(
      ...[...over, ...others].map((item) =>
        this.#row(item, this.dataset[item.day ? `${item.kind}Late` : 'unknown'] ?? ''),
      ),
    )
  }

  #row(item: Item, details: string): HTMLElement {
    const row = copyOf(this, '[data-js-row]')
    const day = part<HTMLTimeElement>(row, 'time')
    day.dateTime = item.day
    day.textContent = wordDate(item.day, this.dataset.date ?? '')
    const title = part(row, '[data-js-title]')
    if (item.href) {
      const link = document.createElement('a')
      link.href = item.href
      title.append(link)
    }
    ;(title.firstElementChild ?? title).textContent = this.#title(item)
    setText(part(row, '[data-js-details]'), details)
    return row
  }

  #title({ kind, name }: Item): string {
    return fill(this.dataset[kind] ?? '', { name })
  }

  /** Who sees to it, and when it comes again. */
  #details({ owner, every }: Item): string {
    const { owner: ownerPattern = '', every: everyPattern = '', separator = '' } = this.dataset
    return [owner && fill(ownerPattern, { owner }), every && fill(everyPattern, { count: every })]
      .filter(Boolean)
      .join(separator)
  }

  async #tick(product: string, has: boolean): Promise<void> {
    const change = (company: Company) => void (company[productField(product)] = has ? 'yes' : '')
    if (!this.isCopy) return (await pageStore()).editCompany(change)
    // A copy is not kept, but its calendar can still be had.
    change(this.company!)
    this.use(this.company)
  }

  async #save(): Promise<void> {
    const store = this.isCopy ? undefined : await pageStore()
    // The change is there at once; the file need not wait until it is stored.
    if (!this.company?.['calendar.id']) void store?.editCompany((company) => void (company['calendar.id'] = newId()))
    const name = this.fileName
    const isOneOfMany = store !== undefined && listLiving(store.saved).length > 1
    const schedule = this.#schedule()
    const events = eventsOf(schedule, localDate(new Date())).map((item) => this.#event(item, isOneOfMany))
    const { lang } = document.documentElement
    download(calendarFile(events, { id: this.dataset.id ?? '', lang }), name, calendarType)
    const { saved = '', left = '' } = this.dataset
    const count = schedule.coming.length + schedule.late.length - events.length
    this.tell(fill(saved, { name }) + (count ? fill(left, { count }) : ''))
  }

  #event(item: Item & { missed: string }, isOneOfMany: boolean): CalendarEvent {
    const company = this.companyName
    const title = this.#title(item)
    const url = item.href && location.protocol !== 'file:' ? new URL(item.href, location.href).href : ''
    const { companyText = '', owner = '', missed = '', date, [`${item.kind}Text`]: text = '' } = this.dataset
    return {
      uid: [this.dataset.id, this.#id, item.kind, item.slug].filter(Boolean).join('-'),
      changed: this.#changed(Boolean(item.missed)),
      day: item.day,
      every: item.every,
      // Who keeps the calendars of several companies tells them apart by it.
      title: isOneOfMany ? fill(this.dataset.titled ?? '', { title, company }) : title,
      text: [
        company && fill(companyText, { company }),
        item.owner && fill(owner, { owner: item.owner }),
        item.missed && fill(missed, { date: wordDate(item.missed, date ?? '') }),
        text,
        url,
      ]
        .filter(Boolean)
        .join('\n'),
      url,
      remindDays: item.kind === 'due' || item.kind === 'end' ? 7 : 1,
    }
  }

  /** What the company's events are known by; of a copy that was made before there was one, its name. */
  get #id(): string {
    return this.company?.['calendar.id'] || crc32(new TextEncoder().encode(this.companyName)).toString(16)
  }

  /**
   * When anything that the calendar says may last have changed, in the answers or in the handbook; what
   * is to be done today changes each day.
   */
  #changed(isToday: boolean): string {
    const days = [this.dataset.revised, this.made].filter(Boolean).map((day) => `${day}T00:00:00.000Z`)
    const midnight = isToday ? [new Date(`${localDate(new Date())}T00:00`).toISOString()] : []
    const company = this.company!
    return [...days, ...midnight, lastChange(company), ...Object.values(company.at)].sort().at(-1)!
  }
}
