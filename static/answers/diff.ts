// Compares two states of the answers.
import { alive, compareTexts, own, type Saved, type Timed } from './format.ts'
import { rank } from './merge.ts'
import type { Times } from './times.ts'

export interface Difference {
  company: string
  /** '' for the company's own fields. */
  measure: string
  kind: 'mine-only' | 'theirs-only' | 'newer-mine' | 'newer-theirs' | 'conflict'
  fields: string[]
}

/**
 * Lists where the two differ, measure by measure. It is a conflict when neither side is newer in
 * every field.
 */
export function diff(mine: Saved, theirs: Saved): Difference[] {
  const differences: Difference[] = []
  const compare = (company: string, measure: string, a: Timed | undefined, b: Timed | undefined, except: string[]) => {
    const fields = differingFields(a ?? { at: {} }, b ?? { at: {} }).filter((field) => !except.includes(field))
    if (a && b && fields.length === 0) return
    const kind = !b ? 'mine-only' : !a ? 'theirs-only' : newerSide(a, b, fields)
    differences.push({ company, measure, kind, fields })
  }
  for (const id of new Set([mine, theirs].flatMap(({ companies }) => Object.keys(companies)))) {
    const [a, b] = [alive(mine, id), alive(theirs, id)]
    if (!a && !b) continue
    compare(id, '', a as Timed | undefined, b as Timed | undefined, ['answers'])
    for (const measure of new Set([a, b].flatMap((company) => Object.keys(company?.answers ?? {})))) {
      const [x, y] = [a, b].map((company) => company && (own(company.answers, measure) as Timed | undefined))
      compare(id, measure, x, y, [])
    }
  }
  return differences
}

function differingFields(a: Timed, b: Timed): string[] {
  const fields = [...new Set([a, b].flatMap(Object.keys))]
  return fields.filter((field) => field !== 'at' && rank(a, field) !== rank(b, field))
}

function newerSide(a: Timed, b: Timed, fields: string[]): Difference['kind'] {
  const orders = new Set(fields.map((field) => compareTexts(lastTime(a, field), lastTime(b, field))))
  if (orders.size > 1 || orders.has(0)) return 'conflict'
  return orders.has(1) ? 'newer-mine' : 'newer-theirs'
}

/** The latest time of a field; methods have a time each. */
function lastTime({ at }: { at: Times }, field: string): string {
  const names = Object.keys(at).filter((name) => name === field || name.startsWith(`${field}.`))
  return (
    names
      .map((name) => at[name] ?? '')
      .sort()
      .at(-1) ?? ''
  )
}
