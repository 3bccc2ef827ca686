import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { Company } from './format.ts'
import { forAll, Random, someSaved, someValue } from './random.testing.ts'
import { pack, unpack } from './share.ts'

const company: Company = {
  name: '会社',
  methods: ['vpn'],
  at: { name: '2026-01-01T00:00:00.000Z' },
  answers: {
    antivirus: {
      status: 'done',
      note: 'n',
      owner: 'o',
      due: '2026-01-01',
      checked: '2026-02-01',
      revision: 2,
      at: { note: '2026-01-01T00:00:00.000Z' },
    },
    backup: { status: 'na', reason: 'r', at: {} },
  },
}

async function packText(...args: Parameters<typeof pack>): Promise<string> {
  const packed = await pack(...args)
  assert.ok('text' in packed)
  return packed.text
}

test('a copy holds what was asked for', async () => {
  for (const [included, antivirus, backup] of [
    [undefined, {}, {}],
    [{ notes: true }, { note: 'n' }, { reason: 'r' }],
    [{ owners: true }, { owner: 'o' }, {}],
    [{ notes: true, owners: true }, { note: 'n', owner: 'o' }, { reason: 'r' }],
  ] as const) {
    const packed = await packText(company, included)
    assert.match(packed, /^[\w-]+$/)
    assert.deepEqual(await unpack(packed), {
      company: {
        name: '会社',
        methods: ['vpn'],
        at: {},
        answers: {
          antivirus: { status: 'done', due: '2026-01-01', checked: '2026-02-01', revision: 2, at: {}, ...antivirus },
          backup: { status: 'na', at: {}, ...backup },
        },
      },
    })
  }
})

test('33 measures make a short link', async () => {
  const random = new Random(1)
  const answers = Object.fromEntries(
    Array.from({ length: 33 }, (_, i) => [
      `measure-with-a-name-${i}`,
      { status: random.pick(['todo', 'done', 'na'] as const), revision: 1, at: {} },
    ]),
  )
  const { length } = await packText({ ...company, answers })
  assert.ok(length < 1000, `got ${length} characters`)
})

test('what could not be read is not packed', async () => {
  const random = new Random(1)
  const withNote = (note: string) => pack({ ...company, answers: { a: { note, at: {} } } }, { notes: true })
  const noise = String.fromCharCode(...Array.from({ length: 60_000 }, () => 0x4e00 + random.below(20_000)))
  assert.deepEqual(await withNote(noise), { fault: { kind: 'too-big' } })
  assert.deepEqual(await withNote('あ'.repeat(400_000)), { fault: { kind: 'too-big' } }, 'packed small')
})

const packBytes = (bytes: string | Uint8Array) => deflateRawSync(bytes).toString('base64url')

test('what is no copy is a fault', async () => {
  const copy = { version: 1, name: '', methods: [], answers: {} }
  for (const [text, kind] of [
    ['', 'broken'],
    ['%%%', 'broken'],
    ['AAAA', 'broken'],
    ['あ', 'broken'],
    [packBytes('{'), 'broken'],
    [packBytes('null'), 'broken'],
    [packBytes(new Uint8Array([0xff])), 'broken'],
    [packBytes(JSON.stringify({ ...copy, version: 0 })), 'broken'],
    [packBytes(JSON.stringify({ ...copy, answers: { a: { status: 'x' } } })), 'broken'],
    [
      packBytes(JSON.stringify({ ...copy, answers: { a: { x: JSON.parse(`${'['.repeat(99)}${']'.repeat(99)}`) } } })),
      'broken',
    ],
    [packBytes(JSON.stringify({ ...copy, version: 2 })), 'newer-format'],
    ['A'.repeat(200_000), 'too-big'],
    [packBytes(new Uint8Array(50_000_000)), 'too-big'],
  ] as const) {
    assert.deepEqual(await unpack(text), { fault: { kind } }, text.slice(0, 40))
  }
})

test('any company comes back as far as it is shared', () =>
  forAll(300, someSaved, async ({ companies }) => {
    for (const company of Object.values(companies)) {
      const result = await unpack(await packText(company, { notes: true, owners: true }))
      assert.ok('company' in result)
      assert.deepEqual(Object.keys(result.company.answers).sort(), Object.keys(company.answers).sort())
      for (const [measure, { status, note }] of Object.entries(company.answers)) {
        assert.equal(result.company.answers[measure]?.status, status)
        assert.equal(result.company.answers[measure]?.note, note)
      }
    }
  }))

test('anything is a copy or a fault', () =>
  forAll(
    1000,
    (random) => {
      const text = packBytes(JSON.stringify({ version: 1, name: 'x', methods: [], answers: someValue(random) }))
      return random.chance(0.5)
        ? text
        : text.slice(0, random.below(text.length)) +
            random.pick(['', 'A', '-', '=', 'あ']) +
            text.slice(random.below(text.length))
    },
    async (text) => {
      const result = await unpack(text)
      assert.ok('company' in result || 'fault' in result)
    },
  ))
