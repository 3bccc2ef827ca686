// A calendar as a file (iCalendar, RFC 5545): whole days, which may come again, each with a reminder.
// Libraries that write it are several times as large as the page they would serve; in the tests
// ical.js reads back what is written here.

export const calendarType = 'text/calendar;charset=utf-8'

export interface CalendarEvent {
  /** By which a calendar knows an event again when a newer file is read. */
  uid: string
  /** When what the event says was last changed: an ISO time. */
  changed: string
  /** YYYY-MM-DD. */
  day: string
  /** It comes again after so many months; 0 for never. The day is one that every month has. */
  every: number
  title: string
  text: string
  /** The address of a page about it, or ''. */
  url: string
  /** The reminder comes so many days before, at nine. */
  remindDays: number
}

/** `id` is that of the handbook. */
export function calendarFile(events: CalendarEvent[], { id, lang }: { id: string; lang: string }): string {
  // Without METHOD: it is a calendar to be read in, not a message about one (RFC 5546).
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escape(`-//${id}//calendar//${lang}`)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventLines({ uid, changed, day, every, title, text, url, remindDays }: CalendarEvent): string[] {
  const time = changed.replace(/[-:]|\.\d+/g, '')
  return [
    'BEGIN:VEVENT',
    `UID:${escape(uid)}`,
    `DTSTAMP:${time}`,
    `LAST-MODIFIED:${time}`,
    `SEQUENCE:${sequence(changed)}`,
    `DTSTART;VALUE=DATE:${basic(day)}`,
    // The first day that does not belong to it.
    `DTEND;VALUE=DATE:${basic(nextDay(day))}`,
    ...(every ? [`RRULE:FREQ=MONTHLY;INTERVAL=${every}`] : []),
    `SUMMARY:${escape(title)}`,
    `DESCRIPTION:${escape(text)}`,
    ...(url ? [`URL:${url}`] : []),
    // Nobody is busy the whole day.
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(title)}`,
    // Before the day begins: Outlook leaves out what comes later.
    `TRIGGER:-${remindDays > 1 ? `P${remindDays - 1}D` : 'P'}T15H`,
    'END:VALARM',
    'END:VEVENT',
  ]
}

const basic = (day: string) => day.replaceAll('-', '')

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

/** A number that goes up with time: calendars take an event with a lower one for an older state of it. */
function sequence(changed: string): number {
  const seconds = Math.floor((Date.parse(changed) - Date.UTC(2020)) / 1000)
  return Math.min(Math.max(seconds, 0), 2 ** 31 - 1)
}

/** A text as a value. Controls, and halves of characters, belong in no calendar. */
function escape(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\x85\v\f]/g, '\n')
    .replace(/[^\n\t\P{Cc}]|\p{Cs}/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
}

/** In octets, without the break. */
const lineSize = 75

/** Breaks a line that is too long, never within a character. A line that goes on begins with a space. */
export function fold(line: string): string {
  let folded = ''
  let size = 0
  for (const character of line) {
    const octets = octetsOf(character.codePointAt(0)!)
    if (size + octets > lineSize) {
      folded += '\r\n '
      size = 1
    }
    folded += character
    size += octets
  }
  return folded
}

/** Of a character in UTF-8. */
function octetsOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
