// What a file would change, and the result of the reader's choices.
import { cleanName, newId } from '../answers/companies.ts'
import { diff, type Difference } from '../answers/diff.ts'
import { withoutOwn } from '../answers/export.ts'
import { alive, own, serialize, type Answer, type Company, type Fields, type Saved } from '../answers/format.ts'
import { livingIds, type Targets } from '../answers/match.ts'
import { hasLines, merge } from '../answers/merge.ts'
import { parse } from '../answers/parse.ts'
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

// Which company is which

/** Gives the file's companies their ids here. `ids` maps the file's ids to these. */
export function aim(mine: Saved, theirs: Saved, targets: Targets): { aimed: Saved; ids: Map<string, string> } {
  const aimed: Saved = { ...withoutOwn(theirs), companies: {}, current: '' }
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

// A wrong clock

/** A difference between two clocks that nobody minds, in milliseconds. */
const tolerance = 10 * 60 * 1000

/** How many values of a file were changed later than now, and the last of these times. */
export function futureOf({ companies }: Saved, now: Date): { count: number; latest: string } {
  const limit = new Date(now.getTime() + tolerance).toISOString()
  const later = Object.values(companies)
    .flatMap(({ at, answers }) => [at, ...Object.values(answers).map(({ at }) => at)])
    .flatMap((at) => Object.values(at))
    .filter((time) => time > limit)
  return { count: later.length, latest: later.sort().at(-1) ?? '' }
}

// The result

/** What an aimed file says and the answers now do not: what the reader did not take. */
export function untaken(now: Saved, theirs: Saved): Difference[] {
  const valueOf = ({ companies }: Saved, { company, measure }: Difference, field: string) => {
    const fields = own(companies, company)
    return own(((measure ? own(fields?.answers ?? {}, measure) : fields) ?? {}) as Fields, field)
  }
  return diff(now, theirs).flatMap((difference) => {
    if (difference.kind === 'mine-only') return []
    const fields = difference.fields.filter((field) => {
      const [here, there] = [valueOf(now, difference, field), valueOf(theirs, difference, field)]
      if (there === undefined || there === '') return false
      if (field === 'methods')
        return (there as string[]).some((method) => !(here as string[] | undefined)?.includes(method))
      return !(field === 'note' && hasLines(String(here ?? ''), String(there)))
    })
    return fields.length > 0 ? [{ ...difference, fields }] : []
  })
}

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
  if (alive(now, before.current)) result.current = before.current
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

/** The longest undo, in characters: the answers are to have room. */
const maxUndo = 1_000_000

/**
 * Writes what `revert` needs of two states: the companies that differ. It is '' when there is too
 * much of it.
 */
export function writeUndo(before: Saved, after: Saved): string {
  const ids = new Set(diff(before, after).map(({ company }) => company))
  const [old, now] = [before, after].map((saved) => ({
    ...withoutOwn(saved),
    companies: Object.fromEntries(Object.entries(saved.companies).filter(([id]) => ids.has(id))),
  }))
  const text = `[${serialize(old!)},${serialize(now!)}]`
  return text.length > maxUndo ? '' : text
}

/** Reads what `writeUndo` wrote; undefined if it is something else. */
export function readUndo(text: string): { before: Saved; after: Saved } | undefined {
  try {
    const [before, after] = (JSON.parse(text) as unknown[]).map((saved) => parse(JSON.stringify(saved)))
    return before && after && 'saved' in before && 'saved' in after
      ? { before: before.saved, after: after.saved }
      : undefined
  } catch {
    return undefined
  }
}

/** Puts back what was erased, and keeps what has been written since. */
export function putBack(now: Saved, erased: Saved): Saved {
  return {
    ...merge(now, erased, 'both'),
    current: erased.current,
    ...(erased.exported && { exported: erased.exported }),
  }
}
