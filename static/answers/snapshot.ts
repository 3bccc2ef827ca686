// States of a company that were kept (残した状態): what was answered for each measure that was then on
// its checklists, so that later states can be compared with it. One is a text in a field of the
// company's, by an id, in lines:
//
//   2026-11-29T01:32:05.250Z company-vpn      when it was kept, and the methods
//   before the audit                          its name, or nothing
//   antivirus done 2                          a measure, its status, the revision it was given for
import type { Catalogue } from './catalogue.ts'
import { cleanName } from './companies.ts'
import { entryOf, hasStatus, standingOf } from './entry.ts'
import { compareTexts, own, statuses, type Answer, type Company } from './format.ts'
import { isInstant } from './parse.ts'
import { methodsOf } from './progress.ts'

/** So many months are two years; each takes some two thousand characters. */
export const maxSnapshots = 24

export interface Snapshot {
  /** ISO time. */
  made: string
  name: string
  methods: string[]
  /** By the measure's slug, what counted then. One that nobody has answered is to do. */
  answers: Record<string, Answer>
}

const prefix = 'snapshot.'

export const snapshotField = (id: string) => `${prefix}${id}` as const

/** The state of a company as it stands. */
export function snapshotOf(catalogue: Catalogue, company: Company, made: string, name = ''): Snapshot {
  const methods = methodsOf(catalogue, company)
  const measures = catalogue.measures.filter(({ groups }) => methods.some((method) => own(groups, method)))
  const answers = measures.map((measure): [string, Answer] => {
    const entry = entryOf(measure, company.answers)
    const revision = hasStatus(entry) ? entry.revision : undefined
    return [measure.slug, { status: standingOf(entry, measure), ...(revision !== undefined && { revision }), at: {} }]
  })
  return { made, name, methods, answers: Object.fromEntries(answers) }
}

export function writeSnapshot({ made, name, methods, answers }: Snapshot): string {
  const lines = Object.entries(answers).map(([slug, { status, revision }]) =>
    [slug, status, revision].join(' ').trimEnd(),
  )
  return [[made, ...methods].join(' '), cleanName(name), ...lines].join('\n')
}

/** Reads what `writeSnapshot` wrote, here or elsewhere; undefined for any other text. */
export function readSnapshot(text: string): Snapshot | undefined {
  const [head = '', name = '', ...lines] = text.split('\n')
  const [made = '', ...methods] = head.split(' ')
  if (!isInstant(made)) return undefined
  const answers = lines.flatMap((line): [string, Answer][] => {
    const [slug = '', word, revision = ''] = line.split(' ')
    const status = statuses.find((status) => status === word)
    return status ? [[slug, { status, ...(/^\d{1,9}$/.test(revision) && { revision: Number(revision) }), at: {} }]] : []
  })
  return { made, name: cleanName(name), methods, answers: Object.fromEntries(answers) }
}

/** The states of a company that were kept, by id, the oldest first. */
export function snapshotsOf(company: Company): [id: string, snapshot: Snapshot][] {
  return Object.keys(company)
    .filter((field) => field.startsWith(prefix))
    .flatMap((field): [string, Snapshot][] => {
      const id = field.slice(prefix.length)
      const snapshot = readSnapshot(company[snapshotField(id)]!)
      return snapshot ? [[id, snapshot]] : []
    })
    .sort(([a, { made: first }], [b, { made: second }]) => compareTexts(first, second) || compareTexts(a, b))
}
