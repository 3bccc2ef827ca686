// What whoever decides is told of a company (社長に見せる一枚), from its answers.
import type { Catalogue, ListedMeasure } from '../answers/catalogue.ts'
import { standingOf, type Entry } from '../answers/entry.ts'
import { own, type Company } from '../answers/format.ts'
import { figuresOf, isLate, isOpen, methodsOf, rowOf, type Figure, type Row as ListedRow } from '../answers/progress.ts'

/** What the report knows of a measure besides the catalogue. */
export interface Details {
  /** Slugs of the threats it protects against. */
  threats: string[]
  time: string
  cost: string
  /** What is to be decided, or ''. */
  decision: string
}

export interface Threat {
  slug: string
  name: string
}

/** What a survey found out about a measure among other companies. */
export interface Peer {
  measure: string
  text: string
  percent: string
  n: string
}

export interface Row extends ListedRow {
  details: Details
}

export interface Report {
  /** For each method, its groups. */
  figures: { method: string; figures: Figure[] }[]
  /** `done` is how many of the measures against it are done. */
  threats: { threat: Threat; open: Row[]; done: number }[]
  /** What is open, the most urgent first. */
  next: Row[]
  /** What is open and needs a decision, likewise. */
  decisions: Row[]
  peers: (Peer & { entry: Entry })[]
  /** All measures of its methods. */
  rows: Row[]
}

/** How many of each kind there is room for on one page. */
export const room = { next: 5, decisions: 8, peers: 3, measures: 2, left: 3 }

/** The report is of the company's methods, or those it has answers for. `made` is the day of a copy, `today` a date. */
export function reportOf(
  catalogue: Catalogue,
  { details, threats, peers }: { details: Map<string, Details>; threats: Threat[]; peers: Peer[] },
  company: Company,
  { made, today }: { made: string; today: string },
): Report {
  const methods = methodsOf(catalogue, company)
  const rank = (measure: ListedMeasure) =>
    Math.min(
      ...methods
        .map((method) => catalogue.groups.findIndex(({ slug }) => slug === own(measure.groups, method)))
        .filter((place) => place >= 0),
    )
  const rows = rowsOf(catalogue, details, methods, company, made)
  const open = rows.filter(isLeft)
  // Whose day has passed, then by priority, then by day.
  const urgency = ({ measure, entry, due }: Row) =>
    [isLate(due, today) ? 0 : 1, String(rank(measure)).padStart(3, '0'), entry.due || '9999-99-99'].join(' ')
  const next = open
    .map((row) => ({ row, key: urgency(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row)
  const done = rows.filter(({ measure, entry }) => standingOf(entry, measure) === 'done')
  return {
    rows,
    figures: methods.map((method) => ({ method, figures: figuresOf(catalogue, method, company.answers) })),
    threats: threats.map((threat) => ({
      threat,
      open: next.filter(isAgainst(threat)),
      done: done.filter(isAgainst(threat)).length,
    })),
    next,
    decisions: next.filter(({ details }) => details.decision),
    peers: peers.flatMap((peer) => {
      const row = rows.find(({ measure }) => measure.slug === peer.measure)
      return row ? [{ ...peer, entry: row.entry }] : []
    }),
  }
}

/** The measures of some methods, with the answers of a company. */
export function rowsOf(
  { measures }: Catalogue,
  details: Map<string, Details>,
  methods: string[],
  { answers }: Company,
  made?: string,
): Row[] {
  return measures
    .filter(({ groups }) => methods.some((method) => own(groups, method)))
    .map((measure) => ({ ...rowOf(measure, answers, made), details: details.get(measure.slug)! }))
}

/** Whether a measure is still to be done. */
export function isLeft({ measure, entry }: Row): boolean {
  return isOpen(standingOf(entry, measure))
}

export const isAgainst =
  ({ slug }: Threat) =>
  ({ details }: Row) =>
    details.threats.includes(slug)
