import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { adopt, diff, empty, format, maxSize, merge, migrate, parse, readFile, serialize, stampChanges, type Answer, type Company, type Fault, type Saved } from './answers.ts'
import { forAll, Random, someSaved, someText, someValue } from './random.ts'

const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString()

function company(fields: Partial<Company> = {}): Company {
  return { name: 'a', methods: [], answers: {}, at: {}, ...fields }
}

function saved(companies: Record<string, Company>, fields: Partial<Saved> = {}): Saved {
  return { ...empty(), companies, current: 'first', ...fields }
}

function withAnswer(answer: Answer): Saved {
  return saved({ first: company({ answers: { antivirus: answer } }) })
}

const answerOf = ({ companies }: Saved): Answer | undefined => companies.first?.answers.antivirus

suite('parse', () => {
  const faults: [text: string, fault: Fault][] = [
    ['', { kind: 'empty' }],
    [' \n', { kind: 'empty' }],
    ['\ufeff', { kind: 'empty' }],
    ['{', { kind: 'not-json' }],
    ['{"format":1}x', { kind: 'not-json' }],
    ['方式,状態\r\n', { kind: 'not-json' }],
    ['<html>', { kind: 'not-json' }],
    ['null', { kind: 'wrong-type', detail: '' }],
    ['[]', { kind: 'wrong-type', detail: '' }],
    ['"text"', { kind: 'wrong-type', detail: '' }],
    ['{}', { kind: 'wrong-type', detail: 'format' }],
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
    ...(['due', 'checked'] as const).flatMap((field) => ['99999-01-01', '9999-12-32', '2026-02-30', '2026-1-1', 'x', 20260101].map((date): [string, Fault] => [
      JSON.stringify({ format: 1, companies: { a: { answers: { b: { [field]: date } } } } }), { kind: 'wrong-type', detail: `companies.a.answers.b.${field}` },
    ])),
    ['{"format":1,"companies":{"a":{"answers":{"b":{"status":"finished"}}}}}', { kind: 'wrong-type', detail: 'companies.a.answers.b.status' }],
    ['{"format":1,"companies":{"a":{"answers":{"b":{"note":{}}}}}}', { kind: 'wrong-type', detail: 'companies.a.answers.b.note' }],
    ['{"format":1,"companies":{"a":{"answers":{"b":{"revision":1.5}}}}}', { kind: 'wrong-type', detail: 'companies.a.answers.b.revision' }],
    ['{"format":1,"companies":{"a":{"answers":{"b":{"at":{"note":"99999-01-01T00:00:00.000Z"}}}}}}', { kind: 'wrong-type', detail: 'companies.a.answers.b.at.note' }],
    ['{"format":1,"at":{"x":"9999-12-31T23:59:59.999Z"}}', { kind: 'wrong-type', detail: 'at.x' }],
    [`{"format":1,"x":${'['.repeat(1000)}${']'.repeat(1000)}}`, { kind: 'too-deep' }],
    [`{"format":1,"x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, { kind: 'too-deep' }],
    ['['.repeat(2_000_000), { kind: 'not-json' }],
    [' '.repeat(maxSize + 1), { kind: 'too-big' }],
    ['{\0"\0', { kind: 'bad-encoding' }],
    ['\0{\0"', { kind: 'bad-encoding' }],
    ['\ufffd\ufffd{', { kind: 'bad-encoding' }],
  ]
  for (const [text, want] of faults) {
    test(`${JSON.stringify(text.slice(0, 80))} is a fault`, () => {
      const got = parse(text)
      // A parser may give up on nesting before it finds that it does not end.
      if (want.kind === 'not-json' && text.length > 1e6) assert.ok('fault' in got)
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
    const text = '{"format":1,"new":[1,{"a":null}],"at":{"new":"2026-01-01T00:00:00.000Z"},"current":"","companies":{"a":{"name":"","methods":[],"at":{},"size":3,"answers":{"withdrawn-measure":{"at":{},"mood":"good"}}}}}'
    const result = parse(text)
    assert.ok('saved' in result)
    assert.deepEqual(JSON.parse(serialize(result.saved)), JSON.parse(text))
  })

  test('keys that change prototypes change nothing', () => {
    const result = parse('{"format":1,"__proto__":{"polluted":1},"companies":{"__proto__":{"name":"x"},"constructor":{"prototype":{"polluted":1},"answers":{"__proto__":{"note":"x"},"toString":{"note":"y"}}}}}')
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

  test('reads back what was written', () => forAll(2000, someSaved, (value) => {
    assert.deepEqual(parse(serialize(value)), { saved: value })
    assert.equal(serialize(JSON.parse(serialize(value)) as Saved), serialize(value))
  }))

  test('any JSON is answers or a fault', () => forAll(2000, (random) => ({ format: 1, companies: { a: someValue(random) }, x: someValue(random), at: random.chance(0.5) ? {} : someValue(random) }), (value) => {
    expectSound(parse(JSON.stringify(value)))
  }))

  test('a damaged file is answers or a fault', () => forAll(2000, (random) => damage(random, serialize(someSaved(random))), (text) => expectSound(parse(text))))
})

function damage(random: Random, text: string): string {
  const at = random.below(text.length)
  const end = at + random.below(8)
  switch (random.below(4)) {
    case 0: return text.slice(0, at)
    case 1: return text.slice(0, at) + text.slice(end)
    case 2: return text.slice(0, at) + random.pick(['"', '{', '}', '[', ',', ':', '\\', '0', 'null', '\ud800', '\0']) + text.slice(end)
    default: return text.slice(0, end) + text.slice(at)
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
    ['Shift_JIS', new Uint8Array([0x7b, 0x22, 0x89, 0xef, 0x8e, 0xd0, 0x22, 0x7d]), { fault: { kind: 'bad-encoding' } }],
    ['nothing', '', { fault: { kind: 'empty' } }],
    ['one byte', new Uint8Array([0xff]), { fault: { kind: 'bad-encoding' } }],
  ]
  for (const [name, bytes, result] of files) {
    test(name, async () => assert.deepEqual(await readFile(new Blob([bytes])), result))
  }

  test('100 MB are refused unread', async () => {
    const file = new Blob([new Uint8Array(100_000_000)])
    file.arrayBuffer = () => assert.fail('read')
    assert.deepEqual(await readFile(file), { fault: { kind: 'too-big' } })
  })

  test('any bytes are answers or a fault', () => forAll(2000, (random) => {
    const bytes = Uint8Array.from(random.list(200, () => random.below(256)))
    return random.chance(0.5) ? bytes : new Uint8Array([...Buffer.from('{"format":1,"x":"'), ...bytes, ...Buffer.from('"}')])
  }, async (bytes) => expectSound(await readFile(new Blob([bytes])))))
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

suite('merge', () => {
  const note = (note: string, n: number): Saved => withAnswer({ note, at: { note: time(n) } })

  test('the newer value wins, field by field', () => {
    const a = withAnswer({ status: 'done', note: 'old', at: { status: time(2), note: time(1) } })
    const b = withAnswer({ status: 'todo', note: 'new', at: { status: time(1), note: time(2) } })
    assert.deepEqual(answerOf(merge(a, b)), { status: 'done', note: 'new', at: { status: time(2), note: time(2) } })
  })

  test('a value taken away later stays away', () => {
    assert.deepEqual(answerOf(merge(note('a', 1), withAnswer({ at: { note: time(2) } }))), { at: { note: time(2) } })
  })

  test('methods join one by one', () => {
    const a = saved({ first: company({ methods: ['vpn'], at: { 'methods.vpn': time(1), 'methods.cloud': time(3) } }) })
    const b = saved({ first: company({ methods: ['cloud', 'browser'], at: { 'methods.cloud': time(2), 'methods.browser': time(4) } }) })
    assert.deepEqual(merge(a, b).companies.first?.methods, ['vpn', 'browser'])
  })

  test('a company deleted later is gone with all it held', () => {
    const dead = { name: '', methods: [], answers: {}, at: { deleted: time(5) }, deleted: true }
    assert.deepEqual(merge(note('a', 9), saved({ first: dead })).companies.first, dead)
  })

  test('both notes are kept from files', () => {
    for (const [a, b, want] of [
      [note('a', 1), note('b', 2), { note: 'a\nb', at: { note: time(3) } }],
      [note('a', 1), note('a', 2), { note: 'a', at: { note: time(2) } }],
      [note('a\nb', 1), note('b', 2), { note: 'a\nb', at: { note: time(3) } }],
      [note('b', 1), note('a\nb', 2), { note: 'a\nb', at: { note: time(2) } }],
      [note('ab', 1), note('b', 2), { note: 'ab\nb', at: { note: time(3) } }],
      [note('a', 1), note('', 2), { note: 'a', at: { note: time(3) } }],
      [note('a', 1), withAnswer({ at: { note: time(2) } }), { note: 'a', at: { note: time(3) } }],
      [withAnswer({ note: 'a', at: {} }), withAnswer({ note: 'b', at: {} }), { note: 'a\nb', at: {} }],
    ] as const) {
      assert.deepEqual(answerOf(merge(a, b, 'both')), want)
      assert.deepEqual(answerOf(merge(b, a, 'both')), want)
    }
  })

  test('a company that one file still has stays', () => {
    const dead = saved({ first: company({ deleted: true, at: { deleted: time(5) } }) })
    assert.deepEqual(merge(dead, note('a', 1), 'both').companies.first, company({ answers: { antivirus: { note: 'a', at: { note: time(1) } } }, at: { deleted: time(6) } }))
  })

  const two = (random: Random) => [someSaved(random), someSaved(random)] as const
  for (const notes of ['newer', 'both'] as const) {
    test(`${notes}: commutative and idempotent`, () => forAll(2000, two, ([a, b]) => {
      const ab = merge(a, b, notes)
      assert.deepEqual(merge(b, a, notes), ab)
      assert.deepEqual(merge(a, a, notes), a)
      assert.deepEqual(merge(ab, b, notes), ab)
      assert.deepEqual(merge(a, ab, notes), ab)
      assert.deepEqual(parse(serialize(ab)), { saved: ab })
    }))
  }

  test('associative, but for companies deleted and brought back', () => forAll(2000, (random) => [someSaved(random), someSaved(random), someSaved(random)].map((saved) => {
    for (const id of Object.keys(saved.companies)) {
      if (saved.companies[id]!.deleted) delete saved.companies[id]
    }
    return saved
  }), ([a, b, c]) => {
    assert.deepEqual(merge(merge(a!, b!), c!), merge(a!, merge(b!, c!)))
  }))

  test('loses no company, measure, or unknown field', () => forAll(2000, two, ([a, b]) => {
    for (const notes of ['newer', 'both'] as const) {
      const merged = merge(a, b, notes)
      for (const from of [a, b]) {
        assert.ok(Object.keys(from).every((field) => Object.hasOwn(merged, field) || Object.hasOwn(merged.at, field)))
        for (const [id, { answers }] of Object.entries(from.companies)) {
          const into = merged.companies[id]
          assert.ok(into)
          if (!into.deleted) assert.deepEqual(Object.keys(answers).filter((measure) => !Object.hasOwn(into.answers, measure)), [])
        }
      }
    }
  }))

  test('loses no note from files', () => forAll(2000, two, ([a, b]) => {
    const merged = merge(a, b, 'both')
    for (const from of [a, b]) {
      for (const [id, { answers }] of Object.entries(from.companies)) {
        for (const [measure, { note = '' }] of Object.entries(answers)) {
          assert.ok(`\n${merged.companies[id]?.answers[measure]?.note ?? ''}\n`.includes(note === '' ? '' : `\n${note}\n`), `${id} ${measure}`)
        }
      }
    }
  }))
})

suite('diff', () => {
  test('tells what is where, and newer', () => {
    const mine = saved({
      first: company({ answers: {
        same: { note: 'a', at: { note: time(1) } },
        here: { note: 'a', at: {} },
        newerHere: { note: 'a', at: { note: time(2) } },
        newerThere: { note: 'a', at: { note: time(1) } },
        mixed: { note: 'a', status: 'done', at: { note: time(1), status: time(2) } },
        tie: { note: 'a', at: {} },
      } }),
      gone: company({ deleted: true }),
    })
    const theirs = saved({
      first: company({ answers: {
        same: { note: 'a', at: { note: time(9) } },
        there: { at: {} },
        newerHere: { note: 'b', at: { note: time(1) } },
        newerThere: { note: 'b', at: { note: time(2) } },
        mixed: { note: 'b', status: 'todo', at: { note: time(2), status: time(1) } },
        tie: { note: 'b', at: {} },
      } }),
      gone: company({ name: 'b', answers: { there: { note: 'a', at: {} } } }),
    })
    assert.deepEqual(diff(mine, theirs), [
      { company: 'first', measure: 'here', kind: 'mine-only', fields: ['note'] },
      { company: 'first', measure: 'newerHere', kind: 'newer-mine', fields: ['note'] },
      { company: 'first', measure: 'newerThere', kind: 'newer-theirs', fields: ['note'] },
      { company: 'first', measure: 'mixed', kind: 'conflict', fields: ['note', 'status'] },
      { company: 'first', measure: 'tie', kind: 'conflict', fields: ['note'] },
      { company: 'first', measure: 'there', kind: 'theirs-only', fields: [] },
      { company: 'gone', measure: '', kind: 'theirs-only', fields: ['name', 'methods'] },
      { company: 'gone', measure: 'there', kind: 'theirs-only', fields: ['note'] },
    ])
  })

  test('finds nothing between equals, and the other way round from the other side', () => forAll(2000, (random) => [someSaved(random), someSaved(random)] as const, ([a, b]) => {
    assert.deepEqual(diff(a, a), [])
    const turned = { 'mine-only': 'theirs-only', 'theirs-only': 'mine-only', 'newer-mine': 'newer-theirs', 'newer-theirs': 'newer-mine', conflict: 'conflict' } as const
    const list = (differences: ReturnType<typeof diff>) => differences.map(({ company, measure, kind, fields }) => `${company} ${measure} ${kind} ${fields.sort().join()}`).sort()
    assert.deepEqual(list(diff(b, a)), list(diff(a, b).map((difference) => ({ ...difference, kind: turned[difference.kind] }))))
  }))
})

suite('stampChanges', () => {
  test('what is put in place of another wins wherever they meet', () => forAll(2000, (random) => [someSaved(random), someSaved(random)] as const, ([before, wanted]) => {
    const after = structuredClone(wanted)
    stampChanges(before, after, (at, field) => {
      at[field] = at[field] === undefined ? time(5) : new Date(Date.parse(at[field]) + 5).toISOString()
    })
    const merged = merge(before, after)
    assert.deepEqual(visible(merged), visible(wanted))
    assert.deepEqual(visible(after), visible(wanted))
  }))
})

/** What a reader can see. */
function visible({ companies, format, current, exported }: Saved): unknown {
  const alive = Object.entries(companies).filter(([, { deleted }]) => !deleted)
  return {
    format,
    current,
    exported,
    companies: Object.fromEntries(alive.map(([id, { name, methods, answers }]) => [id, {
      name,
      methods: [...methods].sort(),
      answers: Object.fromEntries(Object.entries(answers).map(([measure, { at: _, ...fields }]) => [measure, fields]).filter(([, fields]) => Object.keys(fields!).length > 0)),
    }])),
  }
}

test('some text is not well formed, or the cases above are too tame', () => {
  const random = new Random(1)
  assert.ok(Array.from({ length: 200 }, () => someText(random)).some((text) => !text.isWellFormed()))
})

test('answers given before it was known what there is are those of the company that pages open with', () => {
  const at = { status: '2026-11-02T00:00:00.000Z', note: '2026-11-02T00:00:00.000Z' }
  const earlier = { status: '2026-11-01T00:00:00.000Z', note: '2026-11-01T00:00:00.000Z' }
  const given: Saved = { format, companies: { first: { name: 'わたしの会社', methods: ['vpn'], answers: { antivirus: { status: 'done', note: '新しい', at } }, at: { 'methods.vpn': at.note } } }, current: 'first', at: { current: at.note } }
  const company = (name: string): Company => ({ name, methods: [], answers: { antivirus: { status: 'todo', note: '前の', at: earlier } }, at: { name: earlier.note } })
  const there: Saved = { format, companies: { a: company('A社'), b: company('B社') }, current: 'b', at: { current: earlier.note } }

  const joined = adopt(given, there)
  assert.deepEqual(Object.keys(joined.companies).sort(), ['a', 'b'])
  assert.equal(joined.current, 'b')
  const { name, methods, answers } = joined.companies.b!
  assert.deepEqual([name, methods, answers.antivirus?.status, answers.antivirus?.note], ['B社', ['vpn'], 'done', '前の\n新しい'])
  assert.deepEqual(joined.companies.a, there.companies.a)

  for (const [why, ours, theirs] of [
    ['the same company', given, { ...there, companies: { first: company('A社') }, current: 'first' }],
    ['nothing is there', given, empty()],
    ['a company with a name of its own', { ...given, companies: { first: { ...given.companies.first!, at: { name: at.note } } } }, there],
    ['several', { ...given, companies: { ...given.companies, c: company('C社') } }, there],
  ] as const) assert.deepEqual(adopt(ours, theirs), merge(ours, theirs), why)
})
