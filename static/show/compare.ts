// What differs between two states of a company, and how far it was in each of several.
import type { Catalogue, Group, ListedMeasure } from '../answers/catalogue.ts'
import { entryOf, isChanged } from '../answers/entry.ts'
import { own, type Company, type Status } from '../answers/format.ts'
import { isOpen, progressOf, type Progress } from '../answers/progress.ts'
import { snapshotOf, type Snapshot } from '../answers/snapshot.ts'

/** Done since; done no longer; changed otherwise; on a checklist only now; on one only then. */
export const kinds = ['done', 'undone', 'changed', 'added', 'gone'] as const

export type Kind = (typeof kinds)[number]

export interface Change {
  slug: string
  /** Undefined when this edition has it no longer. */
  measure: ListedMeasure | undefined
  kind: Kind
  /** Undefined where it was on no checklist. */
  then: Status | undefined
  now: Status | undefined
  /** The measure itself has changed since it was answered. */
  isChanged: boolean
  /** What was done has been looked at again since the measure changed. */
  isRenewed: boolean
}

export interface Comparison {
  changes: Change[]
  /** How many measures stand as they stood. */
  same: number
}

/** A state has a measure, or one that the measure replaces. */
function isListed({ slug, replaces }: ListedMeasure, { answers }: Snapshot): boolean {
  return [slug, ...replaces].some((slug) => own(answers, slug))
}

/** `then` may be of an older edition, and counts as it counted then. */
export function compareStates(catalogue: Catalogue, then: Snapshot, company: Company): Comparison {
  const { measures } = catalogue
  const now = snapshotOf(catalogue, company, '')
  const comparison: Comparison = { changes: [], same: 0 }
  for (const measure of measures) {
    const [before, after] = [isListed(measure, then), isListed(measure, now)]
    if (!before && !after) continue
    const [old, current] = [entryOf(measure, then.answers), entryOf(measure, now.answers)]
    // What has no revision was not given for any.
    const isRenewed = old.status === 'done' && current.status === 'done' && old.revision! < current.revision!
    const kind = !before ? 'added' : !after ? 'gone' : kindOf(old.status, current.status, isRenewed)
    if (kind === undefined) {
      comparison.same++
      continue
    }
    comparison.changes.push({
      slug: measure.slug,
      measure,
      kind,
      then: before ? old.status : undefined,
      now: after ? current.status : undefined,
      isChanged: after && isChanged(entryOf(measure, company.answers), measure),
      isRenewed,
    })
  }
  const known = new Set(measures.flatMap(({ slug, replaces }) => [slug, ...replaces]))
  for (const [slug, { status }] of Object.entries(then.answers))
    if (!known.has(slug))
      comparison.changes.push({
        slug,
        measure: undefined,
        kind: 'gone',
        then: status,
        now: undefined,
        isChanged: false,
        isRenewed: false,
      })
  return comparison
}

function kindOf(then: Status, now: Status, isRenewed: boolean): Kind | undefined {
  if (then === now) return isRenewed ? 'changed' : undefined
  if (now === 'done') return 'done'
  return then === 'done' && isOpen(now) ? 'undone' : 'changed'
}

export interface GroupProgress extends Progress {
  group: Group
}

/** How far a state is, group by group. A measure that several methods have counts once, in the first of its groups. */
export function progressOfState({ groups, measures }: Catalogue, state: Snapshot): GroupProgress[] {
  const statuses = new Map<Group, Status[]>(groups.map((group) => [group, []]))
  for (const measure of measures) {
    const group = groups.find(({ slug }) => state.methods.some((method) => own(measure.groups, method) === slug))
    if (group && isListed(measure, state)) statuses.get(group)!.push(entryOf(measure, state.answers).status)
  }
  return groups.map((group) => ({ group, ...progressOf(statuses.get(group)!) }))
}
