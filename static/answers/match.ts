// Which company of a file is which company here.
import { foldName } from './companies.ts'
import { alive, own, type Company, type Saved } from './format.ts'

export function livingIds(saved: Saved): string[] {
  return Object.keys(saved.companies).filter((id) => alive(saved, id))
}

/**
 * For each company of the file, the id of the one here it is merged into; '' adds a new one,
 * undefined leaves it out.
 */
export type Targets = Map<string, string | undefined>

/**
 * Everybody's first company has the same id and, until somebody chooses one, the name `unnamed`, so
 * neither proves anything. A company that was deleted here comes back.
 */
export function guessTargets(mine: Saved, theirs: Saved, unnamed: string): Targets {
  const sameName = (a: Company | undefined, b: Company) =>
    a !== undefined &&
    // A name that somebody chose has a time; that of the other may come from a file written by hand.
    Boolean(a.at.name || b.at.name) &&
    foldName(a.name) === foldName(b.name) &&
    foldName(a.name) !== foldName(unnamed)
  const free = livingIds(mine).filter((id) => !alive(theirs, id))
  return new Map(
    livingIds(theirs).map((id) => {
      const [here, there] = [alive(mine, id), alive(theirs, id)!]
      if (here && (sameName(here, there) || areOne(here, there))) return [id, id]
      if (!here && own(mine.companies, id)) return [id, '']
      return [id, free.find((other) => sameName(alive(mine, other), there)) ?? '']
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
