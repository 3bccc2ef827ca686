import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer, Company } from '../answers/format.ts'
import { eventsOf, scheduleOf, type Item, type Product } from './schedule.ts'

const names = ['open', 'restore', 'drill', 'review'] as const
const rhythms = { open: 0, restore: 6, drill: 12, review: 3 }
const catalogue = {
  methods: [{ slug: 'vpn', name: '', href: '' }],
  groups: [{ slug: 'high', label: '', name: '' }],
  measures: names.map((slug, index) => ({
    slug,
    revision: 2,
    replaces: [],
    number: `1-${index + 1}`,
    title: slug,
    href: `${slug}.html`,
    groups: { vpn: 'high' },
    every: rhythms[slug],
  })),
}
const products: Product[] = [
  { slug: 'gone', name: 'Gone', href: '#gone', end: '2025-10-14' },
  { slug: 'near', name: 'Near', href: '#near', end: '2027-01-12' },
  { slug: 'far', name: 'Far', href: '#far', end: '2028-02-29' },
]
const today = '2026-11-29'

function plan(answers: Record<string, Partial<Answer>>, fields: Partial<Company> = {}, made = '') {
  const given = Object.entries(answers).map(([slug, answer]): [string, Answer] => [
    slug,
    { revision: 2, at: {}, ...answer },
  ])
  const company: Company = { name: '', methods: ['vpn'], answers: Object.fromEntries(given), at: {}, ...fields }
  const schedule = scheduleOf(catalogue, products, company, { made, today })
  const { coming, late } = schedule
  const short = (items: Item[]) =>
    items
      .filter(({ kind }) => kind !== 'review')
      .map(({ day, kind, slug, every }) => [day, kind, slug, ...(every ? [every] : [])].join(' '))
  return {
    coming: short(coming),
    late: short(late),
    review: [...late, ...coming].filter(({ kind }) => kind === 'review').map(({ day }) => day),
    schedule,
  }
}

const days = (answers: Record<string, Partial<Answer>>, today: string) =>
  eventsOf(plan(answers).schedule, today).map(({ day, slug, every, missed }) => [day, slug, every, missed].join(' '))

test('open measures have their due dates; one that has passed is late', () => {
  const { coming, late } = plan({
    open: { status: 'doing', due: '2026-11-29' },
    restore: { status: 'todo', due: '2026-11-28' },
    drill: { status: 'na', due: '2027-01-01' },
    // Met, and to be looked at again, for it has changed since.
    review: { status: 'done', revision: 1, due: '2026-11-01' },
  })
  assert.deepEqual(coming, ['2026-11-29 due open'])
  assert.deepEqual(late, ['2026-11-28 due restore'])
})

test('what is done comes again, counted from the day it was checked, or else was done', () => {
  const at = { status: new Date(2026, 10, 1, 12).toISOString() }
  assert.deepEqual(
    plan({
      restore: { status: 'done', checked: '2026-11-29', at },
      drill: { status: 'done', at },
      open: { status: 'done', checked: '2026-11-29', at },
    }).coming,
    ['2027-05-28 again restore 6', '2027-11-01 again drill 12'],
  )
})

test('what should have come again is late, and is for a calendar to be done now', () => {
  const answers = {
    review: { status: 'done', checked: '2026-03-31' },
    restore: { status: 'todo', due: '2026-11-01' },
    open: { status: 'todo', due: '2027-01-01' },
  } as const
  const { coming, late } = plan(answers)
  assert.deepEqual(coming, ['2027-01-01 due open'])
  assert.deepEqual(late, ['2026-06-28 again review 3', '2026-11-01 due restore'])
  assert.deepEqual(days(answers, '2026-11-28'), ['2026-11-28 review 3 2026-06-28', '2027-01-01 open 0 '])
  // Not every month has that day.
  assert.equal(days(answers, '2026-12-29')[0], '2027-01-01 review 3 2026-06-28')
})

test('of what is done without a day, the day is not known', () => {
  assert.deepEqual(plan({ restore: { status: 'done' } }).late, [' again restore 6'])
  assert.deepEqual(days({ restore: { status: 'done' } }, today), [])
  assert.deepEqual(plan({ restore: { status: 'done' } }, {}, '2026-11-01').coming, ['2027-05-01 again restore 6'])
})

test('what the company has not is not in its calendar', () => {
  assert.deepEqual(plan({ open: { status: 'todo', due: '2027-01-01' } }, { methods: ['cloud'], answers: {} }), {
    coming: [],
    late: [],
    review: [],
    schedule: { coming: [], late: [] },
  })
})

test('products have their end, and three months before it a day to prepare', () => {
  const { coming, late } = plan(
    {},
    { 'product.gone': 'yes', 'product.near': 'yes', 'product.far': 'yes', 'product.other': 'yes' },
  )
  assert.deepEqual(coming, ['2027-01-12 end near', '2027-11-29 before far', '2028-02-29 end far'])
  assert.deepEqual(late, ['2025-10-14 end gone'])
})

test('a year after the last change all is looked at again', () => {
  const at = { note: new Date(2026, 1, 28, 12).toISOString() }
  assert.deepEqual(plan({ open: { status: 'todo', at } }).review, ['2027-02-28'])
  assert.deepEqual(plan({ open: { status: 'todo', at: { note: new Date(2024, 11, 5, 12).toISOString() } } }).review, [
    '2025-12-05',
  ])
  assert.deepEqual(plan({}, {}, '2026-11-01').review, [])
})

test('days of other millennia end no loop and make no event', () => {
  for (const day of ['9999-12-31', '0001-01-01']) {
    const { coming } = plan({ restore: { status: 'done', checked: day }, open: { status: 'todo', due: day } })
    assert.ok(
      coming.every((item) => /^202[67]-/.test(item)),
      String(coming),
    )
  }
})
