// Days as spreadsheets count them, and as people write them in cells.
import { isDate } from '../answers/parse.ts'

const msPerDay = 86_400_000
/** The day before the first one, as far as days after February 1900 are counted. */
const dayZero = Date.UTC(1899, 11, 30)
/** Days between that and the first day of workbooks that once came from a Mac. */
export const since1904 = 1462
/** 1900-03-01: Excel takes 1900 for a leap year, so earlier days are unsure. */
const first = 61
const last = 2_958_465

/** The number of a day such as 2026-12-01; undefined for one that a spreadsheet cannot count. */
export function serialOf(date: string): number | undefined {
  const serial = (Date.parse(`${date}T00:00:00Z`) - dayZero) / msPerDay
  return serial >= first && serial <= last ? serial : undefined
}

/** The day of a number; '' when it is none. */
export function dayOf(serial: number): string {
  return serial >= first && serial < last + 1
    ? new Date(dayZero + Math.floor(serial) * msPerDay).toISOString().slice(0, 10)
    : ''
}

/** The years before the first ones of 令和, 平成 and 昭和. */
const eras: Record<string, number> = { 令和: 2018, r: 2018, 平成: 1988, h: 1988, 昭和: 1925, s: 1925 }

const written =
  /^(?:(\d{4})|(令和|平成|昭和|[rhs])\.?\s*(\d{1,2}|元))\s*[-\/.年]\s*(\d{1,2})\s*[-\/.月]\s*(\d{1,2})\s*日?(?:\s*\([日月火水木金土]\))?(?:[ t]\d{1,2}:\d\d.*)?$/i

/** How programs of other countries write a day: 12/01/2026, or 01/12/2026. */
export type Order = 'month first' | 'day first'

const turned = /^(\d{1,2})[-\/.](\d{1,2})[-\/.](\d{4})$/

/** Reads a day that somebody wrote: 2026/12/1, 令和8年12月1日, 20261201, or a number of days. '' when it is none. */
export function readDay(text: string, order?: Order): string {
  const plain = text.normalize('NFKC').trim()
  const [, a = '', b = '', end] = turned.exec(plain) ?? []
  if (end) return order ? readDay(order === 'month first' ? `${end}-${a}-${b}` : `${end}-${b}-${a}`) : ''
  const [, year, era, of = '', month = '', day = ''] =
    written.exec(plain) ?? /^(\d{4})()()(\d\d)(\d\d)$/.exec(plain) ?? []
  if (year || era) {
    const full = year || String(eras[era!.toLowerCase()]! + (of === '元' ? 1 : Number(of)))
    const date = [full, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
    return isDate(date) ? date : ''
  }
  return /^\d{5}(?:\.\d+)?$/.test(plain) ? dayOf(Number(plain)) : ''
}
