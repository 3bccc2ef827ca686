// The time of each value's last change. Merging, stamping and comparing all go by it.

/** For each field, the ISO time of its last change. */
export type Times = Record<string, string>

/** The name under which the time of one method of a company stands. */
export const methodField = (method: string) => `methods.${method}`

/** The time of a field, '' when it has none. */
export function timeOf({ at }: { at: Times }, field: string): string {
  return Object.hasOwn(at, field) ? at[field]! : ''
}

export function withTime(at: Times, field: string, time: string): Times {
  return time ? { ...at, [field]: time } : at
}

/** No time is later: the next one would have a year of more digits, and sort before it. */
const lastMoment = '9999-12-31T23:59:59.999Z'

/** The next moment after a time, if there is one; the last one stays as it is. */
export function later(time: string): string {
  return time && time < lastMoment ? new Date(Date.parse(time) + 1).toISOString() : time
}
