import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dayOf, readDay, serialOf } from './days.ts'

suite('days', () => {
  test('have the numbers that spreadsheets give them', () => {
    for (const [date, serial] of [
      ['1900-03-01', 61],
      ['2000-02-29', 36585],
      ['2026-12-01', 46357],
      ['9999-12-31', 2_958_465],
    ] as const) {
      assert.equal(serialOf(date), serial)
      assert.equal(dayOf(serial), date)
    }
    for (const date of ['', '0000-01-01', '1900-02-28', 'x']) assert.equal(serialOf(date), undefined, date)
    for (const serial of [-1, 0, 60, 2_958_466, 1e300, NaN]) assert.equal(dayOf(serial), '', String(serial))
    assert.equal(dayOf(46357.75), '2026-12-01')
  })

  test('are read as people write them', () => {
    for (const text of [
      '2026-12-01',
      '2026/12/1',
      '2026.12.1',
      ' 2026年12月1日 ',
      '２０２６／１２／１',
      '2026年12月1日(火)',
      '20261201',
      '46357',
      '46357.5',
      '令和8年12月1日',
      '令和８年１２月１日',
      'R8.12.1',
      'r8/12/01',
      'R08.12.01',
      '2026/12/1 0:00:00',
      '2026-12-01T00:00:00',
    ])
      assert.equal(readDay(text), '2026-12-01', text)
    assert.equal(readDay('令和元年5月1日'), '2019-05-01')
    assert.equal(readDay('平成31年4月30日'), '2019-04-30')
    assert.equal(readDay('S63.1.7'), '1988-01-07')
    assert.equal(readDay('12/01/2026', 'month first'), '2026-12-01')
    assert.equal(readDay('1.12.2026', 'day first'), '2026-12-01')
    assert.equal(readDay('13/01/2026', 'month first'), '')
    for (const text of [
      '',
      '12/1',
      '12月1日',
      '来月',
      '2026/13/1',
      '2026-02-29',
      '12/1/2026',
      '2026',
      '令和8年',
      '1',
      '2026/12/1まで',
      '令和8年12月1日ごろ',
    ])
      assert.equal(readDay(text), '', text)
  })
})
