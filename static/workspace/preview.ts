// What a file would change, and the result of the reader's choices.
import { cleanName, newId } from '../answers/companies.ts'
import { diff, type Difference } from '../answers/diff.ts'
import { alive, own, type Answer, type Company, type Saved } from '../answers/format.ts'
import { merge } from '../answers/merge.ts'
import type { Times } from '../answers/times.ts'

/** Takes our value, the file's, or the newer of each field with both notes. */
export type Choice = 'mine' | 'theirs' | 'both'

export interface Row extends Difference {
  choice: Choice
}

export interface Comparison {
  /** The company is not here yet. */
  isNew: boolean
  rows: Row[]
  /** How many measures are alike, and how many have an answer only here. */
  same: number
  mineOnly: number
}

/** No reader has this many companies and answers, and a browser would take minutes to show them. */
const maxRecords = 5000

export function isTooMuch({ companies }: Saved): boolean {
  return (
    Object.values(companies).reduce((count, { answers }) => count + 1 + Object.keys(answers).length, 0) > maxRecords
  )
}

function livingIds(saved: Saved): string[] {
  return Object.keys(saved.companies).filter((id) => alive(saved, id))
}

// Which company is which

/**
 * For each company of the file, the id of the one here it is merged into; '' adds a new one,
 * undefined leaves it out.
 */
export type Targets = Map<string, string | undefined>

/**
 * Everybody's first company has the same id, so the id alone proves nothing. A company that was
 * deleted here comes back.
 */
export function guessTargets(mine: Saved, theirs: Saved): Targets {
  const free = livingIds(mine).filter((id) => !alive(theirs, id))
  return new Map(
    livingIds(theirs).map((id) => {
      const [here, there] = [alive(mine, id), alive(theirs, id)!]
      if (here && (here.name === there.name || areOne(here, there))) return [id, id]
      if (!here && own(mine.companies, id)) return [id, '']
      return [id, free.find((other) => alive(mine, other)?.name === there.name) ?? '']
    }),
  )
}

/**
 * Whether the two have a common origin: no two people change the same thing in the same
 * millisecond.
 */
function areOne(a: Company, b: Company): boolean {
  const changes = ({ at, answers }: Company) =>
    Object.entries({ ...answers, '': { at } }).flatMap(([measure, { at }]) =>
      Object.entries(at).map(([field, time]) => `${measure} ${field} ${time}`),
    )
  const known = new Set(changes(a))
  return changes(b).some((change) => known.has(change))
}

/** Gives the file's companies their ids here. `ids` maps the file's ids to these. */
export function aim(mine: Saved, theirs: Saved, targets: Targets): { aimed: Saved; ids: Map<string, string> } {
  // The file's exports and reminders are not ours.
  const { exported: _, reminded: __, ...others } = theirs
  const aimed: Saved = { ...others, companies: {}, current: '' }
  const ids = new Map<string, string>()
  for (const [id, target] of targets) {
    const company = alive(theirs, id)
    if (!company || target === undefined) continue
    const to = target || (!id || alive(mine, id) || own(aimed.companies, id) ? newId() : id)
    ids.set(id, to)
    if (id === theirs.current) aimed.current = to
    const { '': _, ...answers } = company.answers
    const named = { ...company, name: cleanName(company.name) || alive(mine, to)?.name || id, answers }
    // Puts it last in the list, whatever its id.
    if (!target && to !== id) named.made = new Date().toISOString()
    if (own(aimed.companies, to))
      aimed.companies = merge(aimed, { ...aimed, companies: { [to]: named } }, 'both').companies
    else aimed.companies[to] = named
  }
  return { aimed, ids }
}

// Comparing

/** Lists what differs in each company of an aimed file, each with the choice that loses nothing. */
export function compare(mine: Saved, theirs: Saved): Map<string, Comparison> {
  const differences = Map.groupBy(diff(mine, theirs), ({ company }) => company)
  return new Map(
    Object.entries(theirs.companies).map(([id, { answers }]) => {
      const all = differences.get(id) ?? []
      const isNew = !alive(mine, id)
      const rows = all.filter(({ kind, measure }) => kind !== 'mine-only' && !(isNew && measure === ''))
      const differing = new Set(all.map(({ measure }) => measure))
      return [
        id,
        {
          isNew,
          rows: rows.map((difference): Row => ({
            ...difference,
            choice: difference.kind === 'theirs-only' ? 'theirs' : 'both',
          })),
          same: Object.keys(answers).filter((measure) => !differing.has(measure)).length,
          mineOnly: all.filter(({ kind }) => kind === 'mine-only').length,
        },
      ]
    }),
  )
}

function keyOf({ company, measure }: Difference): string {
  return `${company}\n${measure}`
}

// The result

/** Takes for each row what the reader chose. What is only here stays. */
export function apply(mine: Saved, theirs: Saved, rows: Row[]): Saved {
  // Keeps fields of a later version, though nothing is known of them here.
  const result = { ...structuredClone(theirs), ...structuredClone(mine) }
  const sources = { mine, theirs, both: merge(mine, theirs, 'both') }
  if (!alive(mine, mine.current)) result.current = theirs.current
  for (const id of livingIds(theirs)) {
    if (!alive(mine, id)) result.companies[id] = { ...structuredClone(theirs.companies[id]!), answers: {} }
  }
  for (const { company: id, measure, choice } of rows) {
    const source = own(sources[choice].companies, id)
    const [target, here, there] = [result, mine, theirs].map(({ companies }) => own(companies, id))
    if (!target || !source || source.deleted) continue
    if (measure === '') {
      result.companies[id] = { ...structuredClone(source), answers: target.answers, at: latest(here?.at, there?.at) }
      continue
    }
    const answer = own(source.answers, measure)
    if (answer)
      setAnswer(
        target,
        measure,
        answer,
        latest(own(here?.answers ?? {}, measure)?.at, own(there?.answers ?? {}, measure)?.at),
      )
  }
  return result
}

/** Undoes what turned `before` into `after`, except for what has been changed again since. */
export function revert(now: Saved, before: Saved, after: Saved): Saved {
  const result = structuredClone(now)
  result.current = alive(before, before.current) ? before.current : now.current
  const since = diff(after, now)
  const changed = new Set(since.map(keyOf))
  for (const row of diff(before, after)) {
    const target = own(result.companies, row.company)
    const old = alive(before, row.company)
    if (!target || changed.has(keyOf(row))) continue
    if (!old) {
      if (!since.some(({ company }) => company === row.company)) target.deleted = true
    } else if (row.measure === '') {
      result.companies[row.company] = { ...structuredClone(old), answers: target.answers, at: target.at }
    } else {
      setAnswer(target, row.measure, own(old.answers, row.measure), own(target.answers, row.measure)?.at)
    }
  }
  return result
}

/**
 * With these times the store stamps the answer anew, so that the reader's choice wins in every tab.
 */
function setAnswer({ answers }: Company, measure: string, answer: Answer | undefined, at: Times = {}): void {
  answers[measure] = { ...structuredClone(answer), at: { ...at } }
}

function latest(a: Times = {}, b: Times = {}): Times {
  return Object.fromEntries(
    [...Object.entries(a), ...Object.entries(b)].sort(([, first], [, second]) => (first < second ? -1 : 1)),
  )
}

/** Puts back what was erased, and keeps what has been written since. */
export function putBack(now: Saved, erased: Saved): Saved {
  return {
    ...merge(now, erased, 'both'),
    current: erased.current,
    ...(erased.exported && { exported: erased.exported }),
  }
}
