import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from '../fragment.ts'
import { follow, grow, read, write, type Fault, type Question } from './route.ts'

/**
 * As the ministry's flowchart: questions shared by two owners, which decide between two methods at
 * each end.
 */
const ways: Record<string, string> = {
  'owner=company&remote=yes&save=yes': 'company-vpn',
  'owner=company&remote=yes&save=no&work=full': 'company-vpn',
  'owner=company&remote=yes&save=no&work=limited': 'company-browser',
  'owner=company&remote=no&cloud=yes': 'company-cloud',
  'owner=company&remote=no&cloud=no': 'company-local',
  'owner=employee&remote=yes&save=yes': 'employee-vpn',
  'owner=employee&remote=yes&save=no&work=full': 'employee-vpn',
  'owner=employee&remote=yes&save=no&work=limited': 'employee-browser',
  'owner=employee&remote=no&cloud=yes': 'employee-cloud',
  'owner=employee&remote=no&cloud=no': 'employee-local',
}
const start = grow(Object.entries(ways))

/** What is asked, or the method in brackets. */
const word = (end: Question | string) => (typeof end === 'string' ? `[${end}]` : end.name)

test('every way leads to its method, and each part of it to the next question', () => {
  const ends = new Map<string, string>()
  const walk = (end: Question | string, steps: [string, string][]) => {
    const fragment = write(steps)
    const { route, faults } = read(start, fragment)
    assert.equal(word(route.end), word(end), fragment)
    assert.deepEqual(route.steps, steps, fragment)
    assert.deepEqual([...faults], [], fragment)
    if (typeof end === 'string') ends.set(fragment, end)
    else for (const [answer, next] of end.next) walk(next, [...steps, [end.name, answer]])
  }
  walk(start, [])
  assert.deepEqual(Object.fromEntries(ends), ways)
})

const table: [fragment: string, asked: string, steps: string, faults: Fault[]][] = [
  ['', 'owner', '', []],
  ['owner=employee', 'remote', 'owner=employee', []],
  ['remote=no&owner=employee', 'cloud', 'owner=employee&remote=no', []],
  ['owner=company&owner=company', 'remote', 'owner=company', []],

  ['owner=nobody', 'owner', '', ['unknown']],
  ['owner=', 'owner', '', ['unknown']],
  ['owner', 'owner', '', ['unknown']],
  ['=', 'owner', '', []],
  ['%zz&%', 'owner', '', ['unknown']],
  ['__proto__=yes&constructor=yes', 'owner', '', ['unknown']],
  ['Owner=company', 'owner', '', ['unknown']],
  ['owner=company&utm=1&remote=no', 'cloud', 'owner=company&remote=no', ['unknown']],
  ['owner=company&remote=maybe&save=no', 'remote', 'owner=company', ['unknown', 'gap']],

  // What mail and chat programs do to an address.
  ...[
    'owner=company&remote=no&cloud=no。',
    'owner=company&remote=no&cloud=no).',
    `owner=company&remote=no&cloud=no${encodeURIComponent('）です。')}`,
    'owner=company&remote=no&cloud=no%20',
    'owner=company&remote=no&cloud=no&utm_source=mail&utm_medium=x&fbclid=y',
    'owner=company&amp;remote=no&amp;cloud=no',
    'owner=company&remote=no\n&cloud=no',
    'owner%3Dcompany%26remote%3Dno%26cloud%3Dno',
    'owner%253Dcompany%2526remote%253Dno%2526cloud%253Dno',
    '%23owner=company&remote=no&cloud=no',
    '「owner=company&remote=no&cloud=no」',
  ].map((fragment): [string, string, string, Fault[]] => [
    fragment,
    '[company-local]',
    'owner=company&remote=no&cloud=no',
    [],
  ]),

  ['owner=company&owner=employee', 'owner', '', ['twice']],
  ['owner=company&owner=employee&owner=company', 'owner', '', ['twice']],
  ['owner=company&remote=yes&remote=no&save=yes', 'remote', 'owner=company', ['twice', 'gap']],

  ['remote=yes', 'owner', '', ['gap']],
  ['owner=company&work=full', 'remote', 'owner=company', ['gap']],
  ['owner=company&save=no&work=full', 'remote', 'owner=company', ['gap']],

  ['owner=company&remote=no&save=yes', 'cloud', 'owner=company&remote=no', ['unused']],
  ['owner=company&remote=no&cloud=no&work=full', '[company-local]', 'owner=company&remote=no&cloud=no', ['unused']],
  ['remote=no&work=full', 'owner', '', ['gap', 'unused']],
]

for (const [fragment, asked, steps, faults] of table) {
  test(`#${fragment} asks ${asked}`, () => {
    const got = read(start, fragment)
    assert.equal(word(got.route.end), asked)
    assert.equal(write(got.route.steps), steps)
    assert.deepEqual([...got.faults], faults)
  })
}

test('a known answer after a gap is used when the gap is filled', () => {
  const { answers } = read(start, 'owner=company&save=no&work=full')
  answers.set('remote', 'yes')
  assert.equal(word(follow(start, answers).end), '[company-vpn]')
  answers.set('remote', 'no')
  assert.equal(word(follow(start, answers).end), 'cloud')
})

test('any fragment gives a question or a method, and its own steps give the same', () => {
  const random = generator(20261123)
  const pick = (list: string[]) => list[Math.floor(random() * list.length)]!
  const names = ['owner', 'remote', 'save', 'work', 'cloud', '__proto__', 'toString', '', 'も']
  const answers = ['company', 'employee', 'yes', 'no', 'full', 'limited', '', '%', '=', '\ud800']
  const separators = ['&', '&', '&', '&', '=', '#', ';', '%26', '\0']
  for (let run = 0; run < 20_000; run++) {
    let fragment = ''
    for (let parts = random() * 8; parts > 0; parts--) fragment += `${pick(names)}=${pick(answers)}${pick(separators)}`
    const { route, faults } = read(start, fragment)
    const context = JSON.stringify(fragment)
    assert.ok(
      typeof route.end === 'string'
        ? Object.values(ways).includes(route.end)
        : names.slice(0, 5).includes(route.end.name),
      context,
    )
    const again = read(start, write(route.steps))
    assert.deepEqual(again.route, route, context)
    assert.equal(again.faults.size, 0, context)
    const pair = /\b(owner|remote|save|work|cloud)=(company|employee|yes|no|full|limited)\b/g
    const given = [...decode(fragment).matchAll(pair)]
    assert.ok(
      faults.size > 0 ||
        given.every((step) => route.steps.some(([name, answer]) => name === step[1] && answer === step[2])),
      `${context}: something is dropped without a word`,
    )
  }
})

test('any text is a fragment', () => {
  const random = generator(4)
  for (let run = 0; run < 20_000; run++) {
    const fragment = String.fromCharCode(
      ...Array.from({ length: random() * 30 }, () => Math.floor(random() * (run % 2 ? 0x80 : 0x10000))),
    )
    const { route } = read(start, fragment)
    assert.equal(word(route.end), 'owner', JSON.stringify(fragment))
  }
})

test('ways that do not fit each other are a mistake of the page', () => {
  for (const broken of [
    [
      ['a=1', 'x'],
      ['b=1', 'y'],
    ],
    [
      ['a=1', 'x'],
      ['a=1&b=1', 'y'],
    ],
    [
      ['a=1&b=1', 'x'],
      ['a=1', 'y'],
    ],
  ] as [string, string][][]) {
    assert.throws(() => grow(broken), /does not fit/, JSON.stringify(broken))
  }
})

/** Numbers from 0 up to 1, the same in every run (mulberry32). */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
