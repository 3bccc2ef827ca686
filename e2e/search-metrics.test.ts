import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mean, meets, quantile, recall, reciprocalRank } from './search-metrics.ts'

test('a page is met by its sections, an item by itself alone', () => {
  const cases: [string, string, boolean][] = [
    ['measures/backup.html', 'measures/backup.html', true],
    ['measures/backup.html#how', 'measures/backup.html', true],
    ['glossary.html#vpn', 'glossary.html#vpn', true],
    ['glossary.html#vpn-software', 'glossary.html#vpn', false],
    ['glossary.html', 'glossary.html#vpn', false],
    ['measures/backup.html', 'backup.html', false],
    ['methods.html', 'methods/company-vpn.html', false],
  ]
  for (const [found, wanted, want] of cases) {
    assert.equal(meets(found, wanted), want, `${found} for ${wanted}`)
  }
})

test('recall and rank', () => {
  const hits = [['a.html'], ['b.html', 'c.html']]
  const cases: [string, string[][], string[], number, number][] = [
    ['both, the best first', hits, ['a.html', 'c.html'], 1, 1],
    ['both, in any order and by any alternative', hits, ['x.html', 'b.html', 'a.html#x'], 1, 1 / 2],
    ['one hit meets one expectation', hits, ['b.html', 'c.html'], 1 / 2, 1],
    ['the sixth is too late to be found, and still has a rank', hits, ['1', '2', '3', '4', '5', 'a.html'], 0, 1 / 6],
    ['none of them', hits, ['x.html'], 0, 0],
    ['nothing found', hits, [], 0, 0],
    ['nothing expected and nothing found', [], [], 1, 1],
    ['nothing expected and something found', [], ['a.html'], 0, 0],
  ]
  for (const [name, expected, found, wantRecall, wantRank] of cases) {
    assert.equal(recall(expected, found), wantRecall, `${name}: recall`)
    assert.equal(reciprocalRank(expected, found), wantRank, `${name}: reciprocal rank`)
  }
})

test('mean and quantiles', () => {
  assert.equal(mean([1, 2, 6]), 3)
  assert.deepEqual(
    [0, 0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2], share)),
    [1, 2, 4, 4],
  )
  assert.deepEqual(
    [0.5, 0.95].map((share) =>
      quantile(
        Array.from({ length: 100 }, (_, i) => 100 - i),
        share,
      ),
    ),
    [50, 95],
  )
  assert.throws(() => mean([]), { message: 'the mean of nothing' })
  assert.throws(() => quantile([], 0.5), { message: 'a quantile of nothing' })
})
