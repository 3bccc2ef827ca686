// Days counted from one, in the reader's own calendar. A day is YYYY-MM-DD.

const day = 86_400_000

/** The nth day, when the given one is the first. */
export function nthDay(first: string, n: number): string {
  return new Date(Date.parse(first) + (n - 1) * day).toISOString().slice(0, 10)
}

/** How many days after the other a day is. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day)
}
