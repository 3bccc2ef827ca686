import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lock, unlock } from './lock.ts'
import { parse } from './parse.ts'
import { forAll, someValue } from './random.testing.ts'

async function locked(text: string, passphrase: string): Promise<string> {
  const result = await lock(text, passphrase)
  assert.ok('text' in result)
  return result.text
}

test('the passphrase opens what it locked', async () => {
  const text = '{"note":"秘密 \u{20bb7}"}'
  const file = await locked(text, '合言葉 ABC')
  assert.ok(!file.includes('note'))
  assert.deepEqual(await unlock(file, '合言葉 ABC'), { text })
  assert.deepEqual(await unlock(`\ufeff${file}\n`, '合言葉　ＡＢＣ'), { text })
  assert.deepEqual(await unlock(file, '合言葉 abc'), { fault: { kind: 'wrong-passphrase' } })
  assert.deepEqual(parse(file), { fault: { kind: 'locked' } })
})

test('spaces around a passphrase are no part of it', async () => {
  const file = await locked('x', '\u3000correct horse \n')
  for (const passphrase of ['correct horse', ' correct horse', 'correct horse\t'])
    assert.deepEqual(await unlock(file, passphrase), { text: 'x' }, JSON.stringify(passphrase))
  assert.deepEqual(await unlock(file, 'correcthorse'), { fault: { kind: 'wrong-passphrase' } })
  // Locked with "pass " by an earlier version, whose key had the space in it; rounds are fewer here.
  const older =
    '{"format":"tebiki-locked","version":1,"kdf":"PBKDF2-SHA-256","iterations":1000,"salt":"BwcHBwcHBwcHBwcHBwcHBw==","iv":"CQkJCQkJCQkJCQkJ","data":"gSKS3hwaimvwr9I5pKBrTKU="}'
  assert.deepEqual(await unlock(older, 'pass '), { text: 'x' })
  assert.deepEqual(await unlock(older, 'pass'), { fault: { kind: 'wrong-passphrase' } })
})

test('every lock is another', async () => {
  const [a, b] = [JSON.parse(await locked('x', 'p')), JSON.parse(await locked('x', 'p'))] as Record<string, unknown>[]
  assert.ok(Number(a!.iterations) >= 600_000)
  for (const part of ['salt', 'iv', 'data']) assert.notEqual(a![part], b![part])
})

test('what is no locked file, or a damaged one, is a fault', async () => {
  const whole = JSON.parse(await locked('x', 'p')) as Record<string, unknown>
  const faults: [change: unknown, kind: string][] = [
    ['', 'not-locked'],
    ['{', 'not-locked'],
    [null, 'not-locked'],
    [[], 'not-locked'],
    [{ format: 1 }, 'not-locked'],
    [{ ...whole, version: 2 }, 'newer-format'],
    [{ ...whole, kdf: 'Argon2id' }, 'newer-format'],
    [{ ...whole, iterations: 1e12 }, 'wrong-passphrase'],
    [{ ...whole, iterations: 0 }, 'wrong-passphrase'],
    [{ ...whole, iterations: 'many' }, 'wrong-passphrase'],
    [{ ...whole, salt: '%' }, 'wrong-passphrase'],
    [{ ...whole, iv: '' }, 'wrong-passphrase'],
    [{ ...whole, data: '' }, 'wrong-passphrase'],
    [{ ...whole, data: `AA${String(whole.data).slice(2)}` }, 'wrong-passphrase'],
  ]
  for (const [change, kind] of faults) {
    assert.deepEqual(
      await unlock(typeof change === 'string' ? change : JSON.stringify(change), 'p'),
      { fault: { kind } },
      JSON.stringify(change),
    )
  }
})

test('anything is a fault', () =>
  forAll(
    500,
    (random) => {
      const base = {
        format: 'tebiki-locked',
        version: 1,
        kdf: 'PBKDF2-SHA-256',
        iterations: 1,
        salt: 'AAAA',
        iv: 'AAAA',
        data: 'AAAA',
      }
      return { ...base, [random.pick(Object.keys(base))]: someValue(random) }
    },
    async (value) => assert.ok('fault' in (await unlock(JSON.stringify(value), 'p'))),
  ))
