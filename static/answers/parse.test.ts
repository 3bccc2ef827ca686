import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { diff } from './diff.ts'
import { empty, format, maxSize, serialize, type Fault, type Saved } from './format.ts'
import { merge } from './merge.ts'
import { migrate, parse, readFile } from './parse.ts'
import { forAll, Random, someSaved, someText, someValue } from './random.testing.ts'

suite('parse', () => {
  const faults: [text: string, fault: Fault][] = [
    ['', { kind: 'empty' }],
    [' \n', { kind: 'empty' }],
    ['\ufeff', { kind: 'empty' }],
    ['{', { kind: 'not-ours' }],
    ['{"format":1}x', { kind: 'not-ours' }],
    ['方式,状態\r\n', { kind: 'not-ours' }],
    ['<html>', { kind: 'not-ours' }],
    ['null', { kind: 'not-ours' }],
    ['[]', { kind: 'not-ours' }],
    ['"text"', { kind: 'not-ours' }],
    ['{}', { kind: 'not-ours' }],
    ['{"name":"another program"}', { kind: 'not-ours' }],
    ['{"format":"1"}', { kind: 'wrong-type', detail: 'format' }],
    ['{"format":0}', { kind: 'wrong-type', detail: 'format' }],
    ['{"format":1.5}', { kind: 'wrong-type', detail: 'format' }],
    ['{"format":2}', { kind: 'newer-format' }],
    ['{"format":2,"companies":[]}', { kind: 'newer-format' }],
    ['{"format":"tebiki-locked"}', { kind: 'locked' }],
    ['{"format":1,"companies":[]}', { kind: 'wrong-type', detail: 'companies' }],
    ['{"format":1,"companies":{"a":null}}', { kind: 'wrong-type', detail: 'companies.a.' }],
    ['{"format":1,"companies":{"a":{"name":1}}}', { kind: 'wrong-type', detail: 'companies.a.name' }],
    ['{"format":1,"companies":{"a":{"methods":["b",1]}}}', { kind: 'wrong-type', detail: 'companies.a.methods' }],
    ['{"format":1,"companies":{"a":{"deleted":1}}}', { kind: 'wrong-type', detail: 'companies.a.deleted' }],
    ['{"format":1,"companies":{"a":{"answers":[]}}}', { kind: 'wrong-type', detail: 'companies.a.answers' }],
    ['{"format":1,"companies":{"a":{"at":{"name":"today"}}}}', { kind: 'wrong-type', detail: 'companies.a.at.name' }],
    ['{"format":1,"current":null}', { kind: 'wrong-type', detail: 'current' }],
    ['{"format":1,"exported":"2026-01-01"}', { kind: 'wrong-type', detail: 'exported' }],
    ['{"format":1,"at":[]}', { kind: 'wrong-type', detail: 'at' }],
    ...(['due', 'checked'] as const).flatMap((field) =>
      ['99999-01-01', '9999-12-32', '2026-02-30', '2026-1-1', 'x', 20260101].map((date): [string, Fault] => [
        JSON.stringify({ format: 1, companies: { a: { answers: { b: { [field]: date } } } } }),
        { kind: 'wrong-type', detail: `companies.a.answers.b.${field}` },
      ]),
    ),
    [
      '{"format":1,"companies":{"a":{"answers":{"b":{"status":"finished"}}}}}',
      { kind: 'wrong-type', detail: 'companies.a.answers.b.status' },
    ],
    [
      '{"format":1,"companies":{"a":{"answers":{"b":{"note":{}}}}}}',
      { kind: 'wrong-type', detail: 'companies.a.answers.b.note' },
    ],
    [
      '{"format":1,"companies":{"a":{"answers":{"b":{"revision":1.5}}}}}',
      { kind: 'wrong-type', detail: 'companies.a.answers.b.revision' },
    ],
    [
      '{"format":1,"companies":{"a":{"answers":{"b":{"at":{"note":"99999-01-01T00:00:00.000Z"}}}}}}',
      { kind: 'wrong-type', detail: 'companies.a.answers.b.at.note' },
    ],
    ['{"format":1,"at":{"x":"+010000-01-01T00:00:00.000Z"}}', { kind: 'wrong-type', detail: 'at.x' }],
    [`{"format":1,"x":${'['.repeat(1000)}${']'.repeat(1000)}}`, { kind: 'too-deep' }],
    [`{"format":1,"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, { kind: 'too-deep' }],
    ['['.repeat(2_000_000), { kind: 'not-ours' }],
    [' '.repeat(maxSize + 1), { kind: 'too-big' }],
    ['{\0"\0', { kind: 'bad-encoding' }],
    ['\0{\0"', { kind: 'bad-encoding' }],
    ['\ufffd\ufffd{', { kind: 'bad-encoding' }],
  ]
  for (const [text, want] of faults) {
    if (want.kind === 'wrong-type') assert.ok(want.detail, 'the message names the place')
    test(`${JSON.stringify(text.slice(0, 80))} is a fault`, () => {
      const got = parse(text)
      // A parser may give up on the nesting before it finds that the text has no end.
      if (want.kind === 'not-ours' && text.length > 1e6) assert.ok('fault' in got)
      else assert.deepEqual(got, { fault: want })
    })
  }

  test('what is missing is filled in', () => {
    assert.deepEqual(parse('{"format":1}'), { saved: empty() })
    assert.deepEqual(parse('\ufeff{"format":1,"companies":{"a":{"answers":{"b":{}}}}}\n'), {
      saved: { ...empty(), companies: { a: { name: '', methods: [], answers: { b: { at: {} } }, at: {} } } },
    })
  })

  test('what is unknown is kept', () => {
    const company = '{"name":"","methods":[],"at":{},"size":3,"answers":{"withdrawn":{"at":{},"mood":"good"}}}'
    const times = '{"new":"2026-01-01T00:00:00.000Z"}'
    const text = `{"format":1,"new":[1,{"a":null}],"at":${times},"current":"","companies":{"a":${company}}}`
    const result = parse(text)
    assert.ok('saved' in result)
    assert.deepEqual(JSON.parse(serialize(result.saved)), JSON.parse(text))
  })

  test('keys that change prototypes change nothing', () => {
    const answers = '{"__proto__":{"note":"x"},"toString":{"note":"y"}}'
    const companies = `{"__proto__":{"name":"x"},"constructor":{"prototype":{"polluted":1},"answers":${answers}}}`
    const result = parse(`{"format":1,"__proto__":{"polluted":1},"companies":${companies}}`)
    assert.ok('saved' in result)
    assert.equal(('polluted' as string) in {}, false)
    assert.equal(Object.getPrototypeOf(result.saved), Object.prototype)
    assert.deepEqual(Object.keys(result.saved.companies), ['constructor'])
    assert.deepEqual(Object.keys(result.saved.companies['constructor' as string]!.answers), ['toString'])
  })

  test('a file as large as allowed is read, or refused, whole', () => {
    const answers = Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [`m${i}`, { status: 'done' }]))
    assert.ok('saved' in parse(JSON.stringify({ format: 1, companies: { a: { answers } } })))
  })

  test('reads back what was written', () =>
    forAll(2000, someSaved, (value) => {
      assert.deepEqual(parse(serialize(value)), { saved: value })
      assert.equal(serialize(JSON.parse(serialize(value)) as Saved), serialize(value))
    }))

  test('any JSON is answers or a fault', () =>
    forAll(
      2000,
      (random) => ({
        format: 1,
        companies: { a: someValue(random) },
        x: someValue(random),
        at: random.chance(0.5) ? {} : someValue(random),
      }),
      (value) => {
        expectSound(parse(JSON.stringify(value)))
      },
    ))

  test('a damaged file is answers or a fault', () =>
    forAll(
      2000,
      (random) => damage(random, serialize(someSaved(random))),
      (text) => expectSound(parse(text)),
    ))
})

function damage(random: Random, text: string): string {
  const at = random.below(text.length)
  const end = at + random.below(8)
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(end)
    case 2:
      return (
        text.slice(0, at) +
        random.pick(['"', '{', '}', '[', ',', ':', '\\', '0', 'null', '\ud800', '\0']) +
        text.slice(end)
      )
    default:
      return text.slice(0, end) + text.slice(at)
  }
}

function expectSound(result: { saved: Saved } | { fault: Fault }): void {
  if ('fault' in result) {
    assert.equal(typeof result.fault.kind, 'string')
    return
  }
  assert.deepEqual(parse(serialize(result.saved)), result)
  assert.deepEqual(merge(result.saved, empty()).companies, result.saved.companies)
  assert.deepEqual(diff(result.saved, result.saved), [])
}

suite('readFile', () => {
  const text = '{"format":1,"current":"会社"}'
  const want = { saved: { ...empty(), current: '会社' } }
  const utf16 = (text: string, swap: boolean) => {
    const bytes = Buffer.from(text, 'utf16le')
    return swap ? bytes.swap16() : bytes
  }
  const files: [name: string, bytes: Uint8Array<ArrayBuffer> | Buffer<ArrayBuffer> | string, result: unknown][] = [
    ['UTF-8', text, want],
    ['UTF-8 with BOM', `\ufeff${text}`, want],
    ['UTF-16LE with BOM', utf16(`\ufeff${text}`, false), want],
    ['UTF-16BE with BOM', utf16(`\ufeff${text}`, true), want],
    ['UTF-16LE', utf16(text, false), want],
    ['UTF-16BE', utf16(text, true), want],
    [
      'Shift_JIS',
      new Uint8Array([0x7b, 0x22, 0x89, 0xef, 0x8e, 0xd0, 0x22, 0x7d]),
      { fault: { kind: 'bad-encoding' } },
    ],
    ['nothing', '', { fault: { kind: 'empty' } }],
    ['a locked file', '{"format":"tebiki-locked"}', { locked: '{"format":"tebiki-locked"}' }],
    [
      'a locked file in UTF-16',
      utf16('\ufeff{"format":"tebiki-locked"}', false),
      { locked: '{"format":"tebiki-locked"}' },
    ],
    ['one byte', new Uint8Array([0xff]), { fault: { kind: 'bad-encoding' } }],
  ]
  for (const [name, bytes, result] of files) {
    test(name, async () => assert.deepEqual(await readFile(new Blob([bytes])), result))
  }

  test('a folder cannot be read', async () => {
    const folder = new Blob()
    folder.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'))
    assert.deepEqual(await readFile(folder), { fault: { kind: 'unreadable' } })
  })

  test('100 MB are refused unread', async () => {
    const file = new Blob([new Uint8Array(100_000_000)])
    file.arrayBuffer = () => assert.fail('read')
    assert.deepEqual(await readFile(file), { fault: { kind: 'too-big' } })
  })

  test('any bytes are answers or a fault', () =>
    forAll(
      2000,
      (random) => {
        const bytes = Uint8Array.from(random.list(200, () => random.below(256)))
        return random.chance(0.5)
          ? bytes
          : new Uint8Array([...Buffer.from('{"format":1,"x":"'), ...bytes, ...Buffer.from('"}')])
      },
      async (bytes) => {
        const result = await readFile(new Blob([bytes]))
        if (!('locked' in result)) expectSound(result)
      },
    ))
})

suite('migrate', () => {
  test('an older format goes through every one after it', () => {
    const steps = {
      1: ({ name, ...others }: Record<string, unknown>) => ({ ...others, title: name }),
      2: ({ title, ...others }: Record<string, unknown>) => ({ ...others, titles: [title] }),
    }
    const old = { format: 1, name: 'a', unknown: { x: 1 } }
    assert.deepEqual(migrate(old, 1, 3, steps), { format: 3, titles: ['a'], unknown: { x: 1 } })
    assert.deepEqual(migrate({ format: 2, title: 'a' }, 2, 3, steps), { format: 3, titles: ['a'] })
    assert.deepEqual(old, { format: 1, name: 'a', unknown: { x: 1 } })
    assert.throws(() => migrate(old, 1, 4, steps), /from format 3 to 4/)
  })

  test('every older format leads to this one', () => {
    for (let from = 1; from <= format; from++) assert.equal(migrate({ format: from }, from).format, format)
  })
})

test('some text is not well formed, or the cases above are too tame', () => {
  const random = new Random(1)
  assert.ok(Array.from({ length: 200 }, () => someText(random)).some((text) => !text.isWellFormed()))
})
