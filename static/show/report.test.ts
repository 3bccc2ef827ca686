import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Catalogue } from '../answers/catalogue.ts'
import type { Answer, Company } from '../answers/format.ts'
import { reportOf, type Details } from './report.ts'

const measure = (slug: string, group: string, revision = 1) => ({
  slug,
  revision,
  replaces: [],
  number: slug,
  title: slug,
  href: '',
  groups: { cook: group },
})
const catalogue: Catalogue = {
  methods: [
    { slug: 'cook', name: 'Cook', href: '' },
    { slug: 'carry', name: 'Carry', href: '' },
  ],
  groups: [
    { slug: 'high', label: '◎', name: 'first' },
    { slug: 'standard', label: '○', name: 'next' },
  ],
  measures: [measure('wash', 'standard'), measure('cool', 'high', 2), measure('label', 'high'), measure('air', 'high')],
}
const details = (threats: string[], decision = ''): Details => ({ threats, time: '', cost: '', decision })
const known = {
  details: new Map([
    ['wash', details(['germs'])],
    ['cool', details(['germs', 'allergens'], 'buy a fridge')],
    ['label', details(['allergens'])],
    ['air', details([])],
  ]),
  threats: [
    { slug: 'germs', name: 'Germs' },
    { slug: 'allergens', name: 'Allergens' },
  ],
  peers: [
    { measure: 'wash', text: '', percent: '', n: '' },
    { measure: 'gone', text: '', percent: '', n: '' },
  ],
}

function company(answers: Record<string, Partial<Answer>>, methods = ['cook']): Company {
  const timed = Object.entries(answers).map(([slug, answer]) => [slug, { revision: 2, at: {}, ...answer }])
  return { name: '', methods, answers: Object.fromEntries(timed), at: {} }
}

const slugs = (rows: { measure: { slug: string } }[]) => rows.map(({ measure }) => measure.slug)

const today = '2026-12-02'

test('what is overdue comes first, then by priority, then by day', () => {
  for (const [due, want] of [
    ['2026-12-01', ['wash', 'air', 'cool', 'label']],
    ['2026-12-02', ['air', 'cool', 'label', 'wash']],
  ] as const) {
    const answers = { wash: { status: 'doing', due }, air: { status: 'todo', due: '2027-01-01' } } as const
    assert.deepEqual(slugs(reportOf(catalogue, known, company(answers), { made: '', today }).next), want)
  }
})

test('a threat tells what is done from what does not apply', () => {
  const { threats } = reportOf(
    catalogue,
    known,
    company({ wash: { status: 'na' }, cool: { status: 'na' }, label: { status: 'done' } }),
    { made: '', today },
  )
  assert.deepEqual(
    threats.map(({ open, done }) => [open.length, done]),
    [
      [0, 0],
      [0, 1],
    ],
  )
})

test('what is done or does not apply guards, unless the measure has changed since', () => {
  const report = reportOf(
    catalogue,
    known,
    company({
      wash: { status: 'done' },
      cool: { status: 'done', revision: 1 },
      label: { status: 'na' },
      air: { status: 'done' },
    }),
    { made: '', today },
  )
  assert.deepEqual(slugs(report.next), ['cool'])
  assert.deepEqual(
    report.threats.map(({ open }) => slugs(open)),
    [['cool'], ['cool']],
  )
  assert.deepEqual(
    report.decisions.map(({ details }) => details.decision),
    ['buy a fridge'],
  )
})

test('a survey speaks of measures of the checklist alone', () => {
  const { peers } = reportOf(catalogue, known, company({ wash: { status: 'done' } }), { made: '', today })
  assert.deepEqual(
    peers.map(({ measure, entry }) => [measure, entry.status]),
    [['wash', 'done']],
  )
})
