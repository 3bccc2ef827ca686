// What is known of one measure's answer.
import type { Measure } from './catalogue.ts'
import { own, type Answer, type Status } from './format.ts'

/** The answer for a measure, without its times. */
export type Entry = Partial<Omit<Answer, 'at'>> & { status: Status }

/** Beginning with the one that leaves most to do. */
const leastDone: Status[] = ['todo', 'unknown', 'doing', 'na', 'done']

/** The answer for a measure: its own, or until there is one, that of the measures it replaces. */
export function entryOf(measure: Measure, answers: Record<string, Answer> = {}): Entry {
  const answer = own(answers, measure.slug)
  return { status: 'todo', ...(answer && isAnswered(answer) ? withoutTimes(answer) : inherited(measure, answers)) }
}

/**
 * What to store for a change. The first one also stores what the measure showed of its
 * predecessors.
 */
export function changeOf(
  change: Partial<Entry>,
  measure: Measure,
  answers: Record<string, Answer> = {},
): Partial<Entry> {
  const answer = own(answers, measure.slug)
  return answer && isAnswered(answer) ? change : { ...inherited(measure, answers), ...change }
}

function inherited({ replaces }: Measure, answers: Record<string, Answer>): Partial<Entry> {
  const [first, ...others] = replaces
    .map((slug) => own(answers, slug))
    .filter((answer): answer is Answer => answer !== undefined && isAnswered(answer))
  if (!first) return {}
  // The revision was another measure's, so the answer must be looked at again.
  const entry: Partial<Entry> = { ...withoutTimes(first), revision: 0 }
  for (const other of others) {
    entry.status = leastDone.find(
      (status) => status === (entry.status ?? 'todo') || status === (other.status ?? 'todo'),
    )!
    entry.note = [entry.note, other.note].filter(Boolean).join('\n')
    entry.evidence = [entry.evidence, other.evidence].filter(Boolean).join(' ')
    entry.reason ||= other.reason
    entry.owner ||= other.owner
    entry.due ||= other.due
    entry.checked ||= other.checked
  }
  return entry
}

function isAnswered({ status, note, owner, due, checked, reason, evidence }: Answer): boolean {
  return Boolean(status || note || owner || due || checked || reason || evidence)
}

function withoutTimes({ at: _, ...fields }: Answer): Omit<Answer, 'at'> {
  return fields
}

/** The owners that answers name, each once, in one order. */
export function ownersOf(answers: { owner?: string }[]): string[] {
  return [...new Set(answers.map(({ owner = '' }) => owner.trim()))].filter(Boolean).sort()
}

/** Whether somebody has set the status: an entry without one is to do. */
export function hasStatus({ status, revision }: Entry): boolean {
  return status !== 'todo' || revision !== undefined
}

/** Whether the measure has changed since the answer was given. */
export function isChanged({ status, revision }: Entry, measure: Measure): boolean {
  return status !== 'todo' && revision !== undefined && revision < measure.revision
}

/** The status that counts: what was answered of an older text is to be answered again. */
export function standingOf(entry: Entry, measure: Measure): Status {
  return isChanged(entry, measure) ? 'todo' : entry.status
}
