import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { Company } from './format.ts'
import { forAll, Random, someSaved, someValue } from './random.testing.ts'
import { isShared, pack, unpack, type Included } from './share.ts'

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

const made = '2026-11-28'

async function packText(company: Company, included?: Included): Promise<string> {
  const packed = await pack(company, made, included)
  assert.ok('fragment' in packed)
  return packed.fragment
}

test('a copy holds what was asked for', async () => {
  for (const [included, antivirus, backup] of [
    [undefined, {}, {}],
    [{ notes: true }, { note: 'n' }, { reason: 'r' }],
    [{ owners: true }, { owner: 'o' }, {}],
    [{ notes: true, owners: true }, { note: 'n', owner: 'o' }, { reason: 'r' }],
  ] as const) {
    const fragment = await packText(company, included)
    assert.match(fragment, /^share=\d+\.[\da-f]{8}\.[\w-]+$/)
    assert.ok(isShared(fragment))
    assert.deepEqual(await unpack(fragment), {
      made,
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

const packBytes = (bytes: string | Uint8Array) => deflateRawSync(bytes).toString('base64url')
const percent = (text: string) => [...text].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')
const wrap = (text: string, between: string) => text.replace(/.{60}/g, (line) => line + between)

/** What mail and chat programs do to a link on its way. */
const changes: [name: string, change: (fragment: string) => string][] = [
  ['nothing', (fragment) => fragment],
  ...['.', ',', ')', '>', '"', '。', '、', '）', '」', encodeURIComponent('）です'), '%20', '%3E'].map(
    (tail): [string, (fragment: string) => string] => [`${tail} at its end`, (fragment) => fragment + tail],
  ),
  ['a tracker', (fragment) => `${fragment}&utm_source=mail&utm_medium=x`],
  ['an encoded tracker', (fragment) => `${fragment}%26utm_source%3Dmail`],
  ['&amp;', (fragment) => `${fragment.replaceAll('&', '&amp;')}&amp;utm_source=mail`],
  ['an encoded =', (fragment) => fragment.replaceAll('=', '%3D')],
  ['an encoded # more', (fragment) => `%23${fragment}`],
  ['everything encoded', percent],
  ['everything encoded twice', (fragment) => percent(percent(fragment))],
  ['lines', (fragment) => wrap(fragment, '\n')],
  ['encoded lines', (fragment) => wrap(fragment, '%0D%0A')],
  ['spaces', (fragment) => wrap(fragment, '%20')],
  ['a space in front', (fragment) => `%20${fragment}`],
]

test('texts of the company are in a copy only when they are asked for', async () => {
  const called = {
    ...company,
    'contact.boss': '090',
    'product.old-system': 'yes',
    'calendar.id': 'abc',
    'snapshot.1': '2026-11-29T00:00:00.000Z m\n',
  }
  for (const texts of [false, true]) {
    const copy = await unpack(await packText(called, { texts }))
    assert.ok('company' in copy)
    for (const field of ['contact.boss', 'product.old-system', 'calendar.id', 'snapshot.1'] as const)
      assert.equal(copy.company[field], texts ? called[field] : undefined)
    assert.equal(copy.company.name, '会社')
  }
})

test('a copy is read whatever was put around it', async () => {
  const full = await packText(company, { notes: true, owners: true })
  const want = await unpack(full)
  const { company: first } = want as { company: Company }
  const early = `share=${packBytes(JSON.stringify({ version: 1, ...company, at: undefined }))}&made=${made}`
  for (const [name, change] of changes) {
    assert.ok(isShared(change(full)), name)
    assert.deepEqual(await unpack(change(full)), want, name)
    // The published form, which has no end of its own.
    const old = await unpack(change(early))
    assert.ok('company' in old, `the first form, ${name}: got ${JSON.stringify(old)}`)
    assert.deepEqual([Object.keys(old.company.answers), old.made], [Object.keys(first.answers), made], name)
  }
  for (const [name, change] of [
    ['quoted lines', (fragment: string) => wrap(fragment, '\n> ')],
    ['lines of quoted-printable', (fragment: string) => wrap(fragment, '=\n')],
    ['letters at its end', (fragment: string) => `${fragment}xyz`],
  ] as const)
    assert.deepEqual(await unpack(change(full)), want, name)
})

test('a copy whose packed part is not whole is a fault, wherever it was hurt', async () => {
  const full = await packText(company, { notes: true })
  for (let end = 'share='.length; end < full.length; end++) {
    const cut = full.slice(0, end)
    assert.ok(isShared(cut), cut)
    assert.deepEqual(await unpack(cut), { fault: { kind: 'cut' } }, cut)
  }
  const begin = full.lastIndexOf('.') + 1
  for (let at = begin; at < full.length; at++) {
    const other = full[at] === 'A' ? 'B' : 'A'
    const changed = full.slice(0, at) + other + full.slice(at + 1)
    assert.deepEqual(await unpack(changed), { fault: { kind: 'broken' } }, changed)
  }
  for (const fragment of ['share', 'share=', '%20share%3D', 'Share=.', 'share。']) {
    assert.ok(isShared(fragment), fragment)
    assert.deepEqual(await unpack(fragment), { fault: { kind: 'cut' } }, fragment)
  }
  for (const fragment of ['', 'companies', 'share-company', 'shared', 'main']) assert.ok(!isShared(fragment), fragment)
})

test('a day that is none is not told', async () => {
  const packed = packBytes(JSON.stringify({ version: 1, name: 'A', methods: [], answers: {} }))
  for (const day of ['9999-99-99', '2026-02-30', '<b>']) {
    const result = await unpack(`share=${packed}&made=${day}`)
    assert.ok('made' in result)
    assert.equal(result.made, '')
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
  const withNote = (note: string) => pack({ ...company, answers: { a: { note, at: {} } } }, made, { notes: true })
  const noise = String.fromCharCode(...Array.from({ length: 60_000 }, () => 0x4e00 + random.below(20_000)))
  assert.deepEqual(await withNote(noise), { fault: { kind: 'too-big' } })
  assert.deepEqual(await withNote('あ'.repeat(400_000)), { fault: { kind: 'too-big' } }, 'packed small')
})

test('what is no copy is a fault', async () => {
  const copy = { version: 1, name: '', methods: [], answers: {} }
  for (const [text, kind] of [
    ['', 'cut'],
    ['%%%', 'cut'],
    ['AAAA', 'broken'],
    ['あ', 'cut'],
    ['200000.00000000.A', 'too-big'],
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
    assert.deepEqual(await unpack(`share=${text}`), { fault: { kind } }, text.slice(0, 40))
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
      const result = await unpack(`share=${text}`)
      assert.ok('company' in result || 'fault' in result)
    },
  ))
