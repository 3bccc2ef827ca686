// Days and times of the reader's own clock.
import { fill } from './words.ts'

/** The reader's own date, not that of UTC: 2026-11-23. */
export function localDate(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
}

/** The reader's own time: 10:32. */
export function localTime(date: Date): string {
  return [date.getHours(), date.getMinutes()].map(twoDigits).join(':')
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

/**
 * Words a date such as 2026-11-03 by a pattern such as "{year}年{month}月{day}日". Any other text
 * stays as it is.
 */
export function wordDate(date: string, pattern: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  return year ? fill(pattern, { year, month: Number(month), day: Number(day) }) : date
}

/** The same day some months later, or earlier: 2027-01-31 and 1 give 2027-02-28. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  // Day 0 is the one before the month's first.
  const last = new Date(Date.UTC(year, month + months, 0))
  const [years, ...others] = [last.getUTCFullYear(), last.getUTCMonth() + 1, Math.min(day, last.getUTCDate())].map(
    twoDigits,
  )
  return [years!.padStart(4, '0'), ...others].join('-')
}

/** The same day some months later, or the 28th: calendars leave out a month that has no such day. */
export function nextTime(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  // A slip of the pen: no date has a year of five digits.
  const count = Math.min(year * 12 + month - 1 + months, 9999 * 12 + 11)
  return [Math.floor(count / 12), (count % 12) + 1, Math.min(day, 28)].map(twoDigits).join('-')
}

/** The reader's own day of an ISO time; '' for none. */
export function dayOf(time = ''): string {
  return time && localDate(new Date(time))
}
