import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths, localDate, localTime, wordDate } from './dates.ts'

test('dates and times are the local ones', () => {
  assert.equal(localDate(new Date(2026, 0, 2, 0, 5)), '2026-01-02')
  assert.equal(localDate(new Date(2026, 11, 31, 23, 59)), '2026-12-31')
  assert.equal(localTime(new Date(2026, 0, 2, 9, 5)), '09:05')
})

test('a date is worded, and any other text stays', () => {
  assert.equal(wordDate('2026-11-03', '{year}年{month}月{day}日'), '2026年11月3日')
  for (const text of ['', 'soon', '99999-01-01']) assert.equal(wordDate(text, '{year}'), text)
})

test('months are added as far as a month has days', () => {
  for (const [date, months, want] of [
    ['2026-11-29', 3, '2027-02-28'],
    ['2027-11-29', 3, '2028-02-29'],
    ['2026-11-30', 1, '2026-12-30'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2026-10-31', 120, '2036-10-31'],
    ['2027-01-12', -3, '2026-10-12'],
    ['2027-05-31', -3, '2027-02-28'],
  ] as const)
    assert.equal(addMonths(date, months), want, `${date} and ${months} months`)
})
