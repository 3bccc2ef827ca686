// Gives a time to what an edit has changed.
import { inOneForm, own, type Saved } from './format.ts'
import { rank, sameText } from './merge.ts'
import { answerFrom, checkCompanyFields, checkSavedFields } from './parse.ts'
import { methodField, type Times } from './times.ts'

/** Sets the time of a field's change. */
export type Stamp = (at: Times, field: string) => void

/**
 * Gives a time to everything in `after` that differs from `before` and has no newer one, so that it
 * wins wherever the two meet. What is missing becomes deleted. It throws when something that
 * differs could not be read back.
 */
export function stampChanges(before: Saved, after: Saved, stamp: Stamp): void {
  const stampNewer = (old: Times, now: Times, field: string) => {
    const known = own(old, field) ?? ''
    if ((own(now, field) ?? '') > known) return
    if (known) now[field] = known
    stamp(now, field)
  }
  const stampFields = (old: object & { at: Times }, now: object & { at: Times }, except: string[]) => {
    for (const field of new Set([old, now].flatMap(Object.keys))) {
      if (field === 'at' || except.includes(field)) continue
      if (rank(old, field) !== rank(now, field)) stampNewer(old.at, now.at, field)
    }
  }

  stampFields(before, after, ['companies'])
  checkSavedFields(after)
  for (const id of new Set([before, after].flatMap(({ companies }) => Object.keys(companies)))) {
    if (own(before.companies, id) === own(after.companies, id)) continue
    const old = own(before.companies, id) ?? { name: '', methods: [], answers: {}, at: {} }
    const now = own(after.companies, id) ?? { ...old, at: { ...old.at }, deleted: true }
    const path = `companies.${id}.`
    stampFields(old, now, ['methods', 'answers'])
    for (const method of new Set([...old.methods, ...now.methods])) {
      if (old.methods.includes(method) !== now.methods.includes(method)) stampNewer(old.at, now.at, methodField(method))
    }
    checkCompanyFields(now, path)
    for (const measure of new Set([old, now].flatMap(({ answers }) => Object.keys(answers)))) {
      const [was, is] = [own(old.answers, measure) ?? { at: {} }, own(now.answers, measure) ?? { at: {} }]
      if (was === is || sameText(was, is)) continue
      stampFields(was, is, [])
      now.answers[measure] = answerFrom(JSON.parse(JSON.stringify(is)), `${path}answers.${measure}.`)
    }
    after.companies[id] = inOneForm(now)
  }
}
