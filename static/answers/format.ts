// The reader's answers: what they are, and how they are written. parse.ts reads them, merge.ts
// joins two states of them, and data/progress.schema.json describes the same format for other
// programs.
//
// Every value keeps the time of its last change. Merging takes the newer one field by field, so
// that two tabs, or two people's files, arrive at the same answers in whatever order they meet.
// Unknown fields are kept as they are.
import { methodField, timeOf, withTime, type Times } from './times.ts'

/**
 * The five states of an answer. data/progress.schema.json is the contract; a test holds this list
 * to it.
 */
export const statuses = ['todo', 'doing', 'done', 'na', 'unknown'] as const

export type Status = (typeof statuses)[number]

export interface Answer {
  status?: Status
  note?: string
  owner?: string
  /** YYYY-MM-DD, as all dates that a reader gives. */
  due?: string
  checked?: string
  /** Why the measure does not apply. */
  reason?: string
  /** Where it can be seen that it is done: a link, or the name of a file. */
  evidence?: string
  /** The measure's revision when its status was set. */
  revision?: number
  at: Times
}

export interface Company {
  name: string
  methods: string[]
  /** By the measure's slug. */
  answers: Record<string, Answer>
  /** Of `name` and `deleted`, and of each method as `methods.<slug>`. */
  at: Times
  /** ISO time of its making; the first company has none. */
  made?: string
  /**
   * A deleted company keeps its id and this, and nothing else, so that tabs and files agree that it
   * is gone.
   */
  deleted?: boolean
  /**
   * Texts of which each is a field of its own, so that it has its own time and merges alone, also
   * where these fields are not known: `contact.<helper>` is how it calls a helper in an emergency;
   * `product.<lifecycle>` is not empty when it has a product whose support ends; `calendar.id` is
   * drawn at random when its calendar is first saved, and its events are known again by it (ids of
   * companies would not do, for everybody's first one has the same); `snapshot.<id>` is a state that
   * was kept (snapshot.ts).
   */
  [text: `${'contact' | 'product' | 'calendar' | 'snapshot'}.${string}`]: string
}

export const isOwnText = (field: string) => /^(contact|product|calendar|snapshot)\./.test(field)

/** Whether a company holds nothing but its name. */
export function isUnused(company: Company): boolean {
  const { methods, answers } = company
  return methods.length === 0 && Object.keys(answers).length === 0 && !Object.keys(company).some(isOwnText)
}

/** The field of a helper's number. */
export const contactField = (helper: string) => `contact.${helper}` as const

/** The field that says whether the company has a product. */
export const productField = (lifecycle: string) => `product.${lifecycle}` as const

export interface Saved {
  format: typeof format
  /** By id. */
  companies: Record<string, Company>
  /** The id of the company being worked on. */
  current: string
  at: Times
  /** ISO times of the last export, and of when the reader last put off the next one. */
  exported?: string
  reminded?: string
  /** ISO time of when the reader was asked for the company's name and left it open. */
  asked?: string
  /** What the last file changed, as a text, so that it can be undone. */
  undo?: string
}

export interface Fault {
  kind:
    | 'empty'
    | 'not-ours'
    | 'wrong-type'
    | 'newer-format'
    | 'too-big'
    | 'too-deep'
    | 'unreadable'
    | 'bad-encoding'
    | 'locked'
  /** Where: `companies.first.answers.antivirus.due`. */
  detail?: string
}

export const format = 1

/** In UTF-16 units; anything larger is not read. A company's answers take some ten thousand. */
export const maxSize = 5 * 1024 * 1024

/** Marks a file made by lock.ts. */
export const lockedFormat = 'tebiki-locked'

/** An object of which nothing else is known; and one whose fields have times. */
export type Fields = Record<string, unknown>
export type Timed = Fields & { at: Times }

export function empty(): Saved {
  return { format, companies: {}, current: '', at: {} }
}

/**
 * Writes equal answers as equal texts. `textOf` may return a company's text from before, if it has
 * not changed.
 */
export function serialize(saved: Saved, textOf: (company: Company) => string = canonical): string {
  return writeMap({ ...saved }, (value, field) => {
    return field === 'companies' ? writeMap(saved.companies, textOf) : canonical(value)
  })
}

function writeMap<T>(map: Record<string, T>, write: (value: T, key: string) => string): string {
  const keys = Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${write(map[key]!, key)}`).join()}}`
}

/** Writes equal values as equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a map without falling through to its prototype. */
export function own<T>(map: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

/** A company that has not been deleted. */
export function alive({ companies }: Saved, id: string): Company | undefined {
  const company = own(companies, id)
  return company?.deleted ? undefined : company
}

/** The company that pages open with: the current one, or the first there is. */
export function currentId(saved: Saved): string | undefined {
  if (alive(saved, saved.current)) return saved.current
  return Object.keys(saved.companies)
    .sort()
    .find((id) => alive(saved, id))
}

/**
 * The one form of equal companies: methods in the order they were added, and nothing left of a
 * deleted company.
 */
export function inOneForm(company: Company): Company {
  if (company.deleted) {
    const at = withTime({}, 'deleted', timeOf(company, 'deleted'))
    return { name: '', methods: [], answers: {}, at, deleted: true }
  }
  const added = (method: string) => `${timeOf(company, methodField(method))} ${method}`
  return { ...company, methods: [...new Set(company.methods)].sort((a, b) => (added(a) < added(b) ? -1 : 1)) }
}

/** Changes each value of a map. A key that would change the prototype of the copy is left out. */
export function mapFields<T>(fields: Fields, change: (value: unknown, key: string) => T): Record<string, T> {
  const kept = Object.entries(fields).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(kept.map(([key, value]) => [key, change(value, key)]))
}

/** Orders texts by their UTF-16 units: the same in all browsers and languages. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a > b ? 1 : -1
}
