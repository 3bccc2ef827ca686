// When the reader is reminded to save a file.
import type { Saved } from '../answers/format.ts'

/** How many changes, or days since the oldest one, may be in no file. */
export const remindAfter = { changes: 50, days: 14 }

const day = 24 * 60 * 60 * 1000

export interface Reminder {
  changes: number
  days: number
  /** No file was saved before. */
  first: boolean
}

/**
 * Says what is in no file yet, if that is much. `reminded` is when the reader last put the reminder
 * off.
 */
export function reminderOf({ companies, exported = '', reminded = '' }: Saved, now: Date): Reminder | undefined {
  const times = Object.values(companies).flatMap(({ answers }) =>
    Object.values(answers).flatMap(({ at }) => Object.values(at)),
  )
  const after = (since: string) => {
    const newer = times.filter((time) => time > since)
    const oldest = newer.reduce((oldest, time) => (time < oldest ? time : oldest), now.toISOString())
    return { changes: newer.length, days: Math.floor((now.getTime() - Date.parse(oldest)) / day) }
  }
  const waiting = after(exported > reminded ? exported : reminded)
  if (waiting.changes < remindAfter.changes && waiting.days < remindAfter.days) return undefined
  return { ...after(exported), first: !exported }
}
