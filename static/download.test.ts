import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fileName } from './download.ts'

suite('a file name', () => {
  const cases: [company: string, want: string][] = [
    ['山田商事', 'x-山田商事-2026-12-01.json'],
    ['A/B:C*?"<>|\\%25', 'x-A_B_C_25-2026-12-01.json'],
    ['a\u0000b\nc\ud800d', 'x-a_b_c_d-2026-12-01.json'],
    ['👨\u200d👩\u202ex', 'x-👨👩x-2026-12-01.json'],
    ['あ'.repeat(80), `x-${'あ'.repeat(42)}-2026-12-01.json`],
    ['{date}', 'x-{date}-2026-12-01.json'],
  ]
  for (const [company, want] of cases) {
    test(JSON.stringify(company.slice(0, 20)), () => {
      assert.equal(fileName('x-{company}-{date}.json', { company, date: '2026-12-01' }), want)
    })
  }

  test('keeps something of each value, its date and its ending', () => {
    const name = fileName('records-{company}-{method}-{date}.csv', {
      company: '𠮷'.repeat(80),
      method: '方式'.repeat(20),
      date: '2026-12-01',
    })
    assert.match(name, /^records-𠮷{18,}-(方式){8,}方?-2026-12-01\.csv$/u)
    assert.equal([...name].length, 60)
    assert.ok(Buffer.byteLength(name) <= 240, `got ${Buffer.byteLength(name)} bytes`)
  })
})
