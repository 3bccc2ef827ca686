// A workbook of the generator, and a company with answers that are hard to write, for the tests of
// this folder.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import type { ListedMeasure } from '../answers/catalogue.ts'
import type { Answer, Company, Saved } from '../answers/format.ts'
import { empty } from '../answers/format.ts'
import type { Template } from './fill.ts'
import type { Words } from './table.ts'

export const fileOf = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, 'testdata', name)))

/** The generator's own (TestWorkbookOfScriptTests holds it to that). */
export const template = ((): Template => {
  let given: unknown
  vm.runInNewContext(new TextDecoder().decode(fileOf('template.js')), { tebikiData: (data: unknown) => (given = data) })
  return given as Template
})()

const listed = (slug: string, number: string, title: string, revision = 1): ListedMeasure => ({
  slug,
  number,
  title,
  revision,
  replaces: [],
  href: `${slug}.html`,
  groups: { 'cook-and-serve': 'must' },
})

export const measures = [
  listed('opening-list', '1-1', 'Opening list'),
  listed('hand-washing', '1-2', 'Hand washing', 2),
  listed('fridge-temperature', '2-1', 'Fridge temperature'),
  listed('core-temperature', '2-10', 'Core temperature'),
]

export const words: Words = {
  heads: {
    number: 'No.',
    title: 'Thing to do',
    status: 'Status',
    reason: 'Why it is not applicable',
    owner: 'Owner',
    due: 'Due date',
    checked: 'Date checked',
    evidence: 'Evidence (link or file name)',
    note: 'Notes',
  },
  statuses: template.statuses,
  company: 'Cafe',
  cut: template.cut,
  changed: template.changed,
  troubles: {
    unknown: '{row} measure',
    twice: '{row} twice {value}',
    state: '{row} state {value}',
    date: '{row} {column} {value}',
    error: '{row} error {column}',
    cut: '{row} cut {column}',
  },
}

const at = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, '2026-11-01T00:00:00.000Z']))
export const hard = 'line 1\nline 2 <script>alert(1)</script> & "x" ]]> _x0041_ 😀 👨‍👩‍👧 𠮷 \u202eabc\u202c  end '

export const answers: Record<string, Answer> = {
  'opening-list': { note: hard, at: at('note') },
  'hand-washing': {
    status: 'done',
    revision: 2,
    owner: '佐藤',
    checked: '2026-11-01',
    note: '=1+1',
    at: at('status', 'owner', 'note', 'checked'),
  },
  'fridge-temperature': { status: 'na', revision: 1, reason: 'no fridge', at: at('status', 'reason') },
  'core-temperature': {
    status: 'unknown',
    revision: 1,
    owner: '-1',
    due: '2026-02-28',
    at: at('status', 'owner', 'due'),
  },
  'clean-boards': { status: 'done', note: 'not on this list', at: at('status', 'note') },
}

export const company: Company = { name: 'Café & <b>Söhne</b>', methods: ['cook-and-serve'], answers, at: at('name') }
export const saved: Saved = { ...empty(), companies: { first: company }, current: 'first' }
export const made = '2026-11-29T08:00:00.000Z'
/** When the workbook was saved again. */
export const later = '2026-11-30T08:00:00.000Z'
