// What leaves the page: the answers for a file, a table or a link.
import { toCsv } from '../csv.ts'
import type { Catalogue } from './catalogue.ts'
import { isChanged } from './entry.ts'
import { own, type Answer, type Saved, type Status } from './format.ts'
import { figuresOf } from './progress.ts'

export const minPassphrase = 8

/** The answers without what belongs to this device alone. */
export function withoutOwn({ exported: _, reminded: __, asked: ___, undo: ____, ...others }: Saved): Saved {
  return others
}

/** The answers of one company, or of all if there is no id, without deleted companies. */
export function exportOf(saved: Saved, id = ''): Saved {
  const companies = Object.entries(saved.companies).filter(([other, { deleted }]) => !deleted && (!id || other === id))
  return { ...withoutOwn(saved), companies: Object.fromEntries(companies), current: id || saved.current }
}

/**
 * A method's checklist with its answers as a table for Excel, in which 1-1 alone would be a date. `changed`
 * stands behind measures whose text has changed since.
 */
export function tableOf(
  catalogue: Catalogue,
  method: string,
  answers: Record<string, Answer>,
  headings: string[],
  word: (status: Status) => string,
  changed = '',
): string {
  const rows = figuresOf(catalogue, method, answers).flatMap(({ group, rows }) =>
    rows.map(({ measure, entry }) => {
      const { number } = measure
      const title = `${measure.title}${isChanged(entry, measure) ? changed : ''}`
      const { status, reason = '', owner = '', due = '', checked = '', evidence = '', note = '' } = entry
      return [
        `${headings[0]} ${number}`,
        group.label,
        title,
        word(status),
        status === 'na' ? reason : '',
        owner,
        due,
        checked,
        evidence,
        note,
      ]
    }),
  )
  return toCsv([headings, ...rows])
}

/** The answers that a copy of one method's checklist needs. */
export function answersOf(
  { measures }: Catalogue,
  method: string,
  answers: Record<string, Answer>,
): Record<string, Answer> {
  const needed = measures
    .filter(({ groups }) => own(groups, method))
    .flatMap(({ slug, replaces }) => [slug, ...replaces])
  return Object.fromEntries(
    needed.flatMap((slug) => {
      const answer = own(answers, slug)
      return answer ? [[slug, answer]] : []
    }),
  )
}
