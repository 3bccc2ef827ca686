// Generated cases for the tests of this folder. SEED=7 gives another run, CASES=100000 a longer
// one.
import { statuses, type Saved } from './format.ts'
import { parse } from './parse.ts'

export const seed = Number(process.env.SEED ?? 1)
const cases = process.env.CASES

/** Runs a property many times; a failure tells the seed and the case. */
export async function forAll<T>(
  count: number,
  generate: (random: Random) => T,
  property: (value: T) => void | Promise<void>,
): Promise<void> {
  for (let i = 0; i < Number(cases ?? count); i++) {
    const value = generate(new Random(seed * 1_000_003 + i))
    try {
      await property(value)
    } catch (error) {
      throw new Error(`SEED=${seed}, case ${i}: ${JSON.stringify(value).slice(0, 4000)}`, { cause: error })
    }
  }
}

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  list<T>(max: number, make: () => T): T[] {
    return Array.from({ length: this.below(max + 1) }, make)
  }
}

const texts = [
  '',
  'a',
  'b',
  'a\nb',
  'b\na',
  ' ',
  '\n',
  '済んだ',
  '=1+1',
  '<script>',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\u0000',
  '"\\',
  'constructor',
  '𠮷',
  '!',
  '\u2028',
]
const slugs = ['antivirus', 'backup', 'vpn', 'no-longer', 'constructor', 'toString', '', '1', 'ウイルス']
const dates = ['', '2026-01-31', '2024-02-29', '0000-01-01']

export function someText(random: Random): string {
  return random.list(2, () => random.pick(texts)).join(random.pick(['', '\n']))
}

function someTime(random: Random): string {
  // Few, so that ties are common.
  return new Date(Date.UTC(2026, 0, 1) + random.below(4) * (random.chance(0.1) ? 1e12 : 1)).toISOString()
}

/** Any JSON. */
export function someValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 5 : 7)) {
    case 0:
      return null
    case 1:
      return random.chance(0.5)
    case 2:
      return random.pick([0, -1, 1.5, 1e300, 99999])
    case 3:
      return someText(random)
    case 4:
      return random.pick([...statuses, ...dates, '99999-01-01', someTime(random)])
    case 5:
      return random.list(3, () => someValue(random, depth + 1))
    default:
      return Object.fromEntries(
        random.list(3, () => [random.pick([...slugs, '__proto__', 'at', 'note']), someValue(random, depth + 1)]),
      )
  }
}

function fields(
  random: Random,
  makers: Record<string, () => unknown>,
): Record<string, unknown> & { at: Record<string, string> } {
  const result: Record<string, unknown> & { at: Record<string, string> } = { at: {} }
  for (const [field, make] of Object.entries({ ...makers, later: () => someValue(random, 2) })) {
    if (random.chance(0.5)) result[field] = make()
    if (random.chance(0.7)) result.at[field] = someTime(random)
  }
  return result
}

/** Anything that a valid file may hold. */
export function someSaved(random: Random): Saved {
  const map = (max: number, keys: string[], make: () => unknown) =>
    Object.fromEntries(random.list(max, () => [random.pick(keys), make()]))
  const raw = {
    ...fields(random, {
      current: () => random.pick(['first', 'b', '']),
      exported: () => someTime(random),
      reminded: () => someTime(random),
    }),
    format: 1,
    companies: map(3, ['first', 'b', 'constructor'], () => ({
      ...fields(random, {
        name: () => someText(random),
        methods: () => random.list(3, () => random.pick(slugs)),
        deleted: () => random.chance(0.4),
        made: () => someTime(random),
        'contact.bank': () => someText(random),
        'product.old-system': () => random.pick(['', 'yes']),
        'calendar.id': () => someText(random),
        'snapshot.1': () => someText(random),
        'methods.vpn': () => undefined,
        'methods.backup': () => undefined,
      }),
      answers: map(5, slugs, () =>
        fields(random, {
          status: () => random.pick(statuses),
          note: () => someText(random),
          owner: () => someText(random),
          due: () => random.pick(dates),
          checked: () => random.pick(dates),
          reason: () => someText(random),
          evidence: () => someText(random),
          revision: () => random.below(5),
        }),
      ),
    })),
  }
  const result = parse(JSON.stringify(raw))
  if ('fault' in result) throw new Error(`not valid: ${JSON.stringify(result.fault)} ${JSON.stringify(raw)}`)
  return result.saved
}
