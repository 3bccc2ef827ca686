// What comes in a company's calendar (予定), from its answers and the products it has.
import type { Catalogue } from '../answers/catalogue.ts'
import { entryOf, standingOf } from '../answers/entry.ts'
import { compareTexts, own, productField, type Company } from '../answers/format.ts'
import { isOpen, lastChange, methodsOf } from '../answers/progress.ts'
import { addMonths, localDate } from '../dates.ts'

/**
 * `due` is when a measure is to be done, `again` when one with a rhythm comes again, `review` when
 * all of them are looked at, `end` when the support of a product ends, and `before` when its end is
 * to be prepared.
 */
export type Kind = 'due' | 'again' | 'review' | 'before' | 'end'

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
  /** What was to be before today, by day. What comes again has its next day among the coming. */
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

/** A slip of the pen: what is counted from it would need years of five digits. */
const tooFar = '9980'

/**
 * `rhythms` are the months after which a measure comes again. `made` is the day of the answers when
 * they are a copy, which has no times; `today` is a date.
 */
export function scheduleOf(
  catalogue: Catalogue,
  { rhythms, products }: { rhythms: Map<string, number>; products: Product[] },
  company: Company,
  { made, today }: { made: string; today: string },
): Schedule {
  const methods = methodsOf(catalogue, company)
  const measures = catalogue.measures
    .filter(({ groups }) => methods.some((method) => own(groups, method)))
    .flatMap((measure): Item[] => {
      const { slug, number, title, href } = measure
      const entry = entryOf(measure, company.answers)
      const item = { slug, name: `${number} ${title}`, href, owner: entry.owner ?? '' }
      const every = rhythms.get(slug) ?? 0
      const standing = standingOf(entry, measure)
      if (isOpen(standing) && entry.due) return [{ ...item, kind: 'due', day: entry.due, every: 0 }]
      if (standing !== 'done' || !every) return []
      return [{ ...item, kind: 'again', day: entry.checked || dayOf(own(company.answers, slug)?.at.status) || made, every }]
    })
  const last = dayOf(lastChange(company)) || (Object.keys(company.answers).length ? made : '')
  const review: Item[] = last ? [{ kind: 'review', slug: '', name: '', href: '', owner: '', day: last, every: monthsOfReview }] : []
  const ends = products
    .filter(({ slug }) => company[productField(slug)])
    .flatMap(({ end: day, ...product }): Item[] => {
      const before = addMonths(day, -monthsBeforeEnd)
      const item = { ...product, owner: '', every: 0 }
      // What is to be prepared before an end that is near is late no longer.
      return [...(before < today ? [] : [{ ...item, kind: 'before', day: before } as const]), { ...item, kind: 'end', day }]
    })
  const all = [...measures, ...review]
    .filter(({ day }) => day < tooFar)
    .flatMap((item) => (item.every ? repeated(item, today) : [item]))
    .concat(ends)
    .sort((a, b) => compareTexts(a.day, b.day))
  return { coming: all.filter(({ day }) => day >= today), late: all.filter(({ day }) => day < today) }
}

/**
 * What comes again, counted from the day it was last done: its next day, and before that the first
 * one if it has passed.
 */
function repeated(item: Item, today: string): Item[] {
  if (!item.day) return [item]
  const days = (count: number) => inEveryMonth(addMonths(item.day, count * item.every))
  const first = days(1)
  let count = 1
  while (days(count) < today) count++
  const next = { ...item, day: days(count) }
  return first < today ? [{ ...item, day: first }, next] : [next]
}

/** Calendars leave out a month that has no such day. */
function inEveryMonth(date: string): string {
  return date.slice(0, 8) + (date.slice(8) > '28' ? '28' : date.slice(8))
}

/** The reader's own day of an ISO time. */
function dayOf(time = ''): string {
  return time && localDate(new Date(time))
}
