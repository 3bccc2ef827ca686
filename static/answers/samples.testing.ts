// Small answers, and a handbook they belong to, for the tests of this folder.
import type { Catalogue } from './catalogue.ts'
import { empty, type Answer, type Company, type Saved } from './format.ts'

const measure = (slug: string, groups: Record<string, string>, replaces: string[] = []) => ({
  slug,
  revision: 1,
  replaces,
  number: `1-${slug}`,
  title: `do ${slug}`,
  href: `${slug}.html`,
  groups,
})

export const catalogue: Catalogue = {
  methods: [
    { slug: 'm', name: 'M', href: 'm.html' },
    { slug: 'n', name: 'N', href: 'n.html' },
  ],
  groups: [
    { slug: 'preparation', label: 'P', name: 'P' },
    { slug: 'must', label: 'A', name: 'A every day' },
    { slug: 'may', label: 'B', name: 'B' },
  ],
  measures: [
    measure('a', { m: 'must', n: 'must' }),
    measure('b', { m: 'must' }, ['old']),
    measure('c', { m: 'preparation', n: 'preparation' }),
    measure('d', { m: 'must' }),
    measure('constructor', { n: 'must' }),
  ],
}
export const answers: Record<string, Answer> = {
  a: { status: 'done', note: '=1+1', owner: 'x', at: { status: '2026-01-02T00:00:00.000Z' } },
  old: { status: 'done', at: {} },
  d: { status: 'na', reason: 'none', at: { reason: '2026-01-03T00:00:00.000Z' } },
  gone: { status: 'done', at: { status: '2026-01-01T00:00:00.000Z' } },
}

export const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString()

export function company(fields: Partial<Company> = {}): Company {
  return { name: 'a', methods: [], answers: {}, at: {}, ...fields }
}

export function saved(companies: Record<string, Company>, fields: Partial<Saved> = {}): Saved {
  return { ...empty(), companies, current: 'first', ...fields }
}

export function withAnswer(answer: Answer): Saved {
  return saved({ first: company({ answers: { antivirus: answer } }) })
}

export const answerOf = ({ companies }: Saved): Answer | undefined => companies.first?.answers.antivirus
