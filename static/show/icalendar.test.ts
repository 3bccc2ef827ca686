// What is written is read back by ical.js, and its lines are counted in octets.
import ICAL from 'ical.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarFile, fold, type CalendarEvent } from './icalendar.ts'

const plain: CalendarEvent = {
  uid: 'tebiki-abc-due-backup',
  changed: '2026-11-29T01:02:03.450Z',
  day: '2026-12-31',
  every: 0,
  title: '期限: 8-1 バックアップを取る',
  text: '担当: 佐藤',
  url: '',
  remindDays: 7,
}

const write = (...events: Partial<CalendarEvent>[]) =>
  calendarFile(
    events.map((event) => ({ ...plain, ...event })),
    { id: 'tebiki', lang: 'ja' },
  )

/** Reads a calendar's events, and expects each line to be what RFC 5545 allows. */
function read(text: string): ICAL.Component[] {
  assert.ok(text.endsWith('\r\n'), 'the end of the last line')
  const lines = text.split('\r\n').slice(0, -1)
  for (const line of lines) {
    const octets = new TextEncoder().encode(line)
    assert.ok(octets.length <= 75, `got ${octets.length} octets: ${line}`)
    assert.doesNotMatch(line, /[^\t\P{Cc}]|\p{Cs}/u, 'controls and halves of characters')
  }
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
}

const valueOf = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name))

test('an event is read back as it was written', () => {
  const [event, ...others] = read(write({ url: 'https://example.jp/measures/backup.html' }))
  assert.ok(event && others.length === 0)
  assert.deepEqual(
    [
      'uid',
      'summary',
      'description',
      'dtstart',
      'dtend',
      'dtstamp',
      'last-modified',
      'sequence',
      'url',
      'transp',
      'rrule',
    ].map((name) => valueOf(event, name)),
    [
      plain.uid,
      plain.title,
      plain.text,
      '2026-12-31',
      '2027-01-01',
      '2026-11-29T01:02:03Z',
      '2026-11-29T01:02:03Z',
      String(2524 * 86_400 + 3723),
      'https://example.jp/measures/backup.html',
      'TRANSPARENT',
      'null',
    ],
  )
  assert.equal((event.getFirstPropertyValue('dtstart') as ICAL.Time).isDate, true)
})

test('a calendar says its version and who made it, and nothing that makes a message of it', () => {
  const calendar = new ICAL.Component(ICAL.parse(write({})))
  assert.deepEqual(
    ['version', 'prodid', 'method'].map((name) => valueOf(calendar, name)),
    ['2.0', '-//tebiki//calendar//ja', 'null'],
  )
  assert.deepEqual(read(write()), [])
})

test('the reminder comes at nine, so many days before', () => {
  for (const [remindDays, want] of [
    [1, '-PT15H'],
    [7, '-P6DT15H'],
  ] as const) {
    const [event] = read(write({ remindDays }))
    const alarm = event!.getFirstSubcomponent('valarm')!
    assert.deepEqual(
      ['action', 'description', 'trigger'].map((name) => valueOf(alarm, name)),
      ['DISPLAY', plain.title, want],
    )
  }
})

test('what comes again does so in every month it should', () => {
  const [event] = read(write({ day: '2027-01-28', every: 3 }))
  const days = new ICAL.Event(event!).iterator()
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => String(days.next())),
    ['2027-01-28', '2027-04-28', '2027-07-28', '2027-10-28', '2028-01-28'],
  )
})

test('texts stay texts', () => {
  for (const text of [
    'a\\b;c,d:e"f',
    '\\n is no line',
    '一行め\n二行め\n\n四行め',
    'BEGIN:VEVENT\nEND:VCALENDAR',
    '<b>太字</b> =1+1 &amp; 𠮷野 👩‍💻 \u202eabc',
    '漢'.repeat(10_000),
    '👩‍💻'.repeat(500),
    ' 前と後ろの空き ',
    'tab\tstop',
    ';'.repeat(100),
    '',
  ]) {
    const [event] = read(write({ title: text.replaceAll('\n', ' '), text }))
    assert.equal(valueOf(event!, 'description'), text)
    assert.equal(valueOf(event!, 'summary'), text.replaceAll('\n', ' '))
  }
})

test('what no calendar may hold is left out, and other ends of lines become one', () => {
  for (const [text, want] of [
    ['a\0b\x1bc\x7fd\x9f', 'abcd'],
    ['a\ud800b\udc00', 'ab'],
    ['a\r\nb\rc\u2028d\u2029e\x85f\vg\fh', 'a\nb\nc\nd\ne\nf\ng\nh'],
  ] as const) {
    const [event] = read(write({ text, uid: text }))
    assert.deepEqual([valueOf(event!, 'description'), valueOf(event!, 'uid')], [want, want])
  }
})

test('a later state has a higher number, which stays within 32 bits', () => {
  const sequence = (changed: string) => Number(valueOf(read(write({ changed }))[0]!, 'sequence'))
  const numbers = [
    '2001-01-01T00:00:00.000Z',
    '2026-11-29T00:00:00.000Z',
    '2026-11-29T00:00:01.000Z',
    '8999-01-01T00:00:00.000Z',
  ].map(sequence)
  assert.deepEqual([numbers[0], numbers[2]! - numbers[1]!, numbers[3]], [0, 1, 2 ** 31 - 1])
})

test('lines are as long as they may be, and broken between characters', () => {
  for (const [line, want] of [
    ['x'.repeat(75), [75]],
    ['x'.repeat(76), [75, 2]],
    ['x'.repeat(150), [75, 75, 2]],
    // 24 of three octets are 72 and a space; the 25th would make 76.
    ['漢'.repeat(50), [75, 73, 4]],
    [`x${'漢'.repeat(25)}`, [73, 4]],
    ['𠮷'.repeat(19), [72, 5]],
    ['', [0]],
  ] as const) {
    const lines = fold(line).split('\r\n')
    assert.deepEqual(
      lines.map((line) => Buffer.byteLength(line)),
      want,
      line,
    )
    assert.equal(fold(line).replaceAll('\r\n ', ''), line)
  }
})
