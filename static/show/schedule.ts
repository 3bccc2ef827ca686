// What comes in a company's calendar (予定), from its answers and the products it has.
import type { Catalogue } from '../answers/catalogue.ts'
import { compareTexts, own, productField, type Company } from '../answers/format.ts'
import { lastChange, methodsOf, rowOf, type Due } from '../answers/progress.ts'
import { addMonths, dayOf, nextTime } from '../dates.ts'

/**
 * `due` is when a measure is to be done, `again` when one with a rhythm comes again, `review` when
 * all of them are looked at, `end` when the support of a product ends, and `before` when its end is
 * to be prepared.
 */
export type Kind = Due['kind'] | 'review' | 'before' | 'end'

export interface Item {
  kind: Kind
  /** Of the measure or the product; '' for all. */
  slug: string
  name: string
  href: string
  owner: string
  /** YYYY-MM-DD; '' when it is not known from when it is counted. */
  day: string
  /** It comes again after so many months; 0 for never. */
  every: number
}

export interface Schedule {
  /** From today on, by day. */
  coming: Item[]
  /** What was to be before today, by day. */
  late: Item[]
}

/** A product whose support ends. */
export interface Product {
  slug: string
  name: string
  href: string
  /** Its last day, YYYY-MM-DD. */
  end: string
}

const monthsOfReview = 12
const monthsBeforeEnd = 3

/** A slip of the pen: the day after may need a year of five digits. */
const tooFar = '9980'

/** `made` is the day of the answers when they are a copy, which has no times; `today` is a date. */
export function scheduleOf(
  catalogue: Catalogue,
  products: Product[],
  company: Company,
  { made, today }: { made: string; today: string },
): Schedule {
  const methods = methodsOf(catalogue, company)
  const measures = catalogue.measures
    .filter(({ groups }) => methods.some((method) => own(groups, method)))
    .flatMap((measure): Item[] => {
      const { slug, number, title, href, every = 0 } = measure
      const { entry, due } = rowOf(measure, company.answers, made)
      return due
        ? [
            {
              ...due,
              slug,
              name: `${number} ${title}`,
              href,
              owner: entry.owner ?? '',
              every: due.kind === 'again' ? every : 0,
            },
          ]
        : []
    })
  const last = dayOf(lastChange(company)) || (Object.keys(company.answers).length ? made : '')
  const review: Item[] = last
    ? [
        {
          kind: 'review',
          slug: '',
          name: '',
          href: '',
          owner: '',
          day: nextTime(last, monthsOfReview),
          every: monthsOfReview,
        },
      ]
    : []
  const ends = products
    .filter(({ slug }) => company[productField(slug)])
    .flatMap(({ end: day, ...product }): Item[] => {
      const before = addMonths(day, -monthsBeforeEnd)
      const item = { ...product, owner: '', every: 0 }
      // What is to be prepared before an end that is near is late no longer.
      return [
        ...(before < today ? [] : [{ ...item, kind: 'before', day: before } as const]),
        { ...item, kind: 'end', day },
      ]
    })
  const all = [...measures, ...review]
    .filter(({ day }) => day < tooFar)
    .concat(ends)
    .sort((a, b) => compareTexts(a.day, b.day))
  return { coming: all.filter(({ day }) => day >= today), late: all.filter(({ day }) => day < today) }
}

/**
 * What a calendar is given: what comes, and of what is late that which comes again. That is to be done
 * now, and from then on it is counted anew; `missed` is when it should have been.
 */
export function eventsOf({ coming, late }: Schedule, today: string): (Item & { missed: string })[] {
  const now = late
    .filter(({ every, day }) => every && day)
    .map((item) => ({ ...item, day: inEveryMonth(today), missed: item.day }))
  return [...now, ...coming.map((item) => ({ ...item, missed: '' }))]
}

/** Calendars leave out a month that has no such day. */
function inEveryMonth(date: string): string {
  return date.slice(8) > '28' ? `${addMonths(date, 1).slice(0, 8)}01` : date
}
