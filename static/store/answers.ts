// The reader's answers: their format, and what can be done with them without a browser. data/progress.schema.json
// describes the same format for others.
//
// Every value keeps the time of its last change. Merging takes the newer one field by field, so that two tabs, or two
// people's files, come to the same answers in whatever order they meet. What is not known here is kept as it is.

export type Status = 'todo' | 'doing' | 'done' | 'na' | 'unknown'

/** For each field, the ISO time of its last change. */
export type Times = Record<string, string>

export interface Answer {
  status?: Status
  note?: string
  owner?: string
  /** YYYY-MM-DD, as all dates that a reader gives. */
  due?: string
  checked?: string
  /** Why the measure does not apply. */
  reason?: string
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
  /** A deleted company keeps its id and this, and nothing else, so that tabs and files agree that it is gone. */
  deleted?: boolean
}

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
}

export interface Fault {
  kind: 'empty' | 'not-json' | 'wrong-type' | 'newer-format' | 'too-big' | 'too-deep' | 'bad-encoding' | 'locked'
  /** Where: `companies.first.answers.antivirus.due`. */
  detail?: string
}

export const format = 1

/** What is larger is not read: a company's answers take some ten thousand characters. */
export const maxSize = 5 * 1024 * 1024

const maxDepth = 32

/** What marks a file made by lock.ts. */
export const lockedFormat = 'tebiki-locked'

type Fields = Record<string, unknown>
type Timed = Fields & { at: Times }

export function empty(): Saved {
  return { format, companies: {}, current: '', at: {} }
}

/** Writes equal answers as equal texts. Who has a company's text already can give it. */
export function serialize(saved: Saved, textOf: (company: Company) => string = canonical): string {
  return writeMap({ ...saved }, (value, field) => (field === 'companies' ? writeMap(saved.companies, textOf) : canonical(value)))
}

function writeMap<T>(map: Record<string, T>, write: (value: T, key: string) => string): string {
  const keys = Object.keys(map).filter((key) => map[key] !== undefined).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${write(map[key]!, key)}`).join()}}`
}

/** Equal values as equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  return isFields(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Reading

/** By the number of an older format, what turns it into the next one. */
export type Migrations = Record<number, (old: Record<string, unknown>) => Record<string, unknown>>

/** The first format has none before it. */
const migrations: Migrations = {}

/** Brings answers of an older format to a newer one, step by step. */
export function migrate(fields: Record<string, unknown>, from: number, to = format, steps = migrations): Record<string, unknown> {
  for (let number = from; number < to; number++) {
    const step = steps[number]
    if (!step) throw new Error(`answers: nothing leads from format ${number} to ${number + 1}`)
    fields = { ...step(fields), format: number + 1 }
  }
  return fields
}

class Broken extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(`answers: ${fault.kind} ${fault.detail ?? ''}`)
    this.fault = fault
  }
}

/** Reads a file that may hold anything. */
export async function readFile(file: Blob): Promise<{ saved: Saved } | { fault: Fault }> {
  if (file.size > maxSize) return { fault: { kind: 'too-big' } }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    return parse(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes))
  } catch {
    return { fault: { kind: 'bad-encoding' } }
  }
}

/** Editors save as UTF-16 at times. The first character of JSON, and of a byte order mark, tells. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff || second === 0) return 'utf-16le'
  return first === 0xfe || first === 0 ? 'utf-16be' : 'utf-8'
}

/** Reads what `serialize` wrote, here or elsewhere. It never throws, and never drops what it cannot understand: then it is a fault. */
export function parse(text: string): { saved: Saved } | { fault: Fault } {
  try {
    return { saved: read(text) }
  } catch (error) {
    if (error instanceof Broken) return { fault: error.fault }
    // The parsers of some browsers give up on deep nesting themselves.
    return { fault: { kind: error instanceof SyntaxError ? 'not-json' : 'too-deep' } }
  }
}

function read(text: string): Saved {
  if (text.length > maxSize) throw new Broken({ kind: 'too-big' })
  // A text of UTF-16 read as another encoding is full of these. JSON has none.
  if (/^\0|^.\0|^\ufffd/.test(text)) throw new Broken({ kind: 'bad-encoding' })
  const json = text.replace(/^\ufeff/, '')
  if (!json.trim()) throw new Broken({ kind: 'empty' })
  const fields = expectFields(withoutPrototypes(JSON.parse(json), 0), '')
  if (fields.format === lockedFormat) throw new Broken({ kind: 'locked' })
  if (typeof fields.format !== 'number' || !Number.isInteger(fields.format) || fields.format < 1) throw wrongType('format')
  if (fields.format > format) throw new Broken({ kind: 'newer-format' })
  return checkSaved(migrate(fields, fields.format))
}

/** Leaves out keys that would change a prototype wherever the value is copied key by key. */
function withoutPrototypes(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) throw new Broken({ kind: 'too-deep' })
  if (Array.isArray(value)) return value.map((item) => withoutPrototypes(item, depth + 1))
  return mapFields(value as Fields, (item) => withoutPrototypes(item, depth + 1))
}

function mapFields<T>(fields: Fields, change: (value: unknown, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== '__proto__').map(([key, value]) => [key, change(value, key)]))
}

function wrongType(detail: string): Broken {
  return new Broken({ kind: 'wrong-type', detail })
}

const optional = (value: unknown) => (value === undefined ? {} : value)

function expectFields(value: unknown, path: string): Fields {
  if (!isFields(value)) throw wrongType(path)
  return value
}

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isDate: Check = (value) => value === '' || (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isReal(`${value}T00:00:00.000Z`))

/** Only UTC times in full, as these sort as texts, and none near the end of the four-digit years: there is always a later one. */
const isInstant: Check = (value) => typeof value === 'string' && /^[0-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && isReal(value)

/** A date that no calendar has does not come back the same. */
function isReal(iso: string): boolean {
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso
}

const statuses: unknown[] = ['todo', 'doing', 'done', 'na', 'unknown'] satisfies Status[]

const answerChecks: Record<string, Check> = {
  status: (value) => statuses.includes(value),
  note: isText,
  owner: isText,
  due: isDate,
  checked: isDate,
  reason: isText,
  revision: (value) => Number.isSafeInteger(value),
}
const companyChecks: Record<string, Check> = {
  name: isText,
  methods: (value) => Array.isArray(value) && value.every(isText),
  deleted: (value) => typeof value === 'boolean',
  made: isInstant,
}
const savedChecks: Record<string, Check> = { current: isText, exported: isInstant, reminded: isInstant }

/** Expects the known fields to be of their types. What is optional in a file by hand is filled in. */
function checkSaved(fields: Fields): Saved {
  const companies = expectFields(optional(fields.companies), 'companies')
  return {
    current: '',
    ...check(fields, savedChecks, ''),
    format,
    companies: mapFields(companies, (value, id) => checkCompany(value, `companies.${id}.`)),
  } as Saved
}

/** Takes a value from outside for a company, or throws. */
export function companyFrom(value: unknown): Company {
  return checkCompany(withoutPrototypes(value, 0), '')
}

function checkCompany(value: unknown, path: string): Company {
  const fields = expectFields(value, path)
  const answers = expectFields(optional(fields.answers), `${path}answers`)
  return normal({
    name: '',
    methods: [],
    ...check(fields, companyChecks, path),
    answers: mapFields(answers, (value, measure) => checkAnswer(value, `${path}answers.${measure}.`)),
  } as Company)
}

function checkAnswer(value: unknown, path: string): Answer {
  return check(expectFields(value, path), answerChecks, path) as Answer
}

function check(fields: Fields, checks: Record<string, Check>, path: string): Timed {
  for (const [field, fits] of Object.entries(checks)) {
    if (fields[field] !== undefined && Object.hasOwn(fields, field) && !fits(fields[field])) throw wrongType(path + field)
  }
  const at = expectFields(optional(fields.at), `${path}at`)
  for (const [field, time] of Object.entries(at)) {
    if (!isInstant(time)) throw wrongType(`${path}at.${field}`)
  }
  return { ...fields, at: at as Times }
}

/** The one form of equal companies: methods in the order they were added, nothing left of a deleted one. */
function normal(company: Company): Company {
  if (company.deleted) return { name: '', methods: [], answers: {}, at: withTime({}, 'deleted', time(company, 'deleted')), deleted: true }
  const added = (method: string) => `${time(company, methodField(method))} ${method}`
  return { ...company, methods: [...new Set(company.methods)].sort((a, b) => (added(a) < added(b) ? -1 : 1)) }
}

const methodField = (method: string) => `methods.${method}`

// Merging

/**
 * Joins two states of the answers. `newer` takes the newer of two values; `both`, for files, loses nothing: differing
 * notes are joined, and a company that only one side has deleted stays.
 */
export function merge(a: Saved, b: Saved, notes: 'newer' | 'both' = 'newer'): Saved {
  const companies = mergeMaps(a.companies, b.companies, (x, y) => mergeCompanies(x, y, notes))
  return { ...mergeFields(a, b, ['companies']), companies } as Saved
}

function mergeCompanies(a: Company, b: Company, notes: 'newer' | 'both'): Company {
  const merged = mergeFields(a, b, ['methods', 'answers']) as unknown as Company
  if (notes === 'both' && merged.deleted && !(a.deleted && b.deleted)) {
    const alive = a.deleted ? b : a
    return { ...alive, at: withTime(alive.at, 'deleted', later(time(merged, 'deleted'))) }
  }
  merged.methods = [...new Set([...a.methods, ...b.methods])].filter((method) => {
    const [first, second] = [a, b].map((company) => time(company, methodField(method)))
    if (first === second) return true
    return (first! > second! ? a : b).methods.includes(method)
  })
  merged.answers = mergeMaps(a.answers, b.answers, (x, y) => mergeAnswers(x, y, notes))
  return normal(merged)
}

function mergeAnswers(a: Answer, b: Answer, notes: 'newer' | 'both'): Answer {
  if (sameText(a, b)) return a
  const merged = mergeFields(a, b, []) as unknown as Answer
  if (notes === 'newer') return merged
  const older = (wins(b, a, 'note') ? a : b).note ?? ''
  const newer = merged.note ?? ''
  if (hasLines(newer, older)) return merged
  return {
    ...merged,
    note: hasLines(older, newer) ? older : `${older}\n${newer}`,
    // Newer than both, or a tab that knows only one of them would bring it back alone.
    at: withTime(merged.at, 'note', later(time(merged, 'note'))),
  }
}

function hasLines(text: string, lines: string): boolean {
  return lines === '' || `\n${text}\n`.includes(`\n${lines}\n`)
}

function mergeMaps<T>(a: Record<string, T>, b: Record<string, T>, join: (a: T, b: T) => T): Record<string, T> {
  return { ...b, ...mapFields(a, (value, key) => (Object.hasOwn(b, key) ? join(value as T, b[key] as T) : value as T)) }
}

/** Takes each field, with its time, from the side that wins it; of some only the time. */
function mergeFields(a: Saved | Company | Answer, b: Saved | Company | Answer, except: string[]): Timed {
  const merged: Timed = { at: {} }
  for (const field of new Set([a, b, a.at, b.at].flatMap(Object.keys))) {
    if (field === 'at') continue
    const from = (wins(a, b, field) ? a : b) as Timed
    if (Object.hasOwn(from, field) && !except.includes(field)) merged[field] = from[field]
    const at = time(from, field)
    if (at) merged.at[field] = at
  }
  return merged
}

/** Whether a's value comes after b's in an order that all tabs share. */
function wins(a: { at: Times }, b: { at: Times }, field: string): boolean {
  const [first, second] = [time(a, field), time(b, field)]
  return first === second ? rank(a, field) >= rank(b, field) : first > second
}

function rank(fields: object, field: string): string {
  const value = own(fields as Fields, field)
  if (typeof value === 'string' && value) return `"${value}`
  // Between nothing and all that is written.
  return value === '' ? ' ' : value === undefined ? '' : canonical(value)
}

function time({ at }: { at: Times }, field: string): string {
  return own(at, field) ?? ''
}

function withTime(at: Times, field: string, time: string): Times {
  return time ? { ...at, [field]: time } : at
}

/** The next moment after a time, if there is one. */
export function later(time: string): string {
  return time ? new Date(Date.parse(time) + 1).toISOString() : ''
}

// Changing

/** Sets the time of a field's change. */
export type Stamp = (at: Times, field: string) => void

/**
 * Gives a time to everything that differs from before and has none newer than before, so that it wins wherever the two
 * meet. What is missing becomes deleted. It throws when something that differs could not be read again.
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
      if (field !== 'at' && !except.includes(field) && rank(old, field) !== rank(now, field)) stampNewer(old.at, now.at, field)
    }
  }

  stampFields(before, after, ['companies'])
  check(after as unknown as Fields, savedChecks, '')
  for (const id of new Set([before, after].flatMap(({ companies }) => Object.keys(companies)))) {
    if (own(before.companies, id) === own(after.companies, id)) continue
    const old = own(before.companies, id) ?? { name: '', methods: [], answers: {}, at: {} }
    const now = own(after.companies, id) ?? { ...old, at: { ...old.at }, deleted: true }
    const path = `companies.${id}.`
    stampFields(old, now, ['methods', 'answers'])
    for (const method of new Set([...old.methods, ...now.methods])) {
      if (old.methods.includes(method) !== now.methods.includes(method)) stampNewer(old.at, now.at, methodField(method))
    }
    check(now as unknown as Fields, companyChecks, path)
    for (const measure of new Set([old, now].flatMap(({ answers }) => Object.keys(answers)))) {
      const [was, is] = [own(old.answers, measure) ?? { at: {} }, own(now.answers, measure) ?? { at: {} }]
      if (was === is || sameText(was, is)) continue
      stampFields(was, is, [])
      now.answers[measure] = checkAnswer(withoutPrototypes(JSON.parse(JSON.stringify(is)), 0), `${path}answers.${measure}.`)
    }
    after.companies[id] = normal(now)
  }
}

/** Whether two values are surely the same: fast, as nearly all are when one edit is compared or merged. */
function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
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
  return alive(saved, saved.current) ? saved.current : Object.keys(saved.companies).sort().find((id) => alive(saved, id))
}

/**
 * Joins answers given before it was known what there is already. Where they are of a company that was made for them, they
 * are those of the one that pages open with instead, and notes are joined.
 */
export function adopt(ours: Saved, theirs: Saved): Saved {
  const [id, ...others] = Object.keys(ours.companies)
  const target = currentId(theirs)
  if (id === undefined || others.length > 0 || target === undefined || target === id || ours.companies[id]!.at.name) return merge(ours, theirs)
  const { methods, answers, at } = ours.companies[id]!
  const company = { ...theirs.companies[target]!, methods, answers, at }
  const { current: _, ...times } = ours.at
  return merge({ ...ours, companies: { [target]: company }, current: theirs.current, at: times }, theirs, 'both')
}

// Comparing

export interface Difference {
  company: string
  /** '' for the company's own fields. */
  measure: string
  kind: 'mine-only' | 'theirs-only' | 'newer-mine' | 'newer-theirs' | 'conflict'
  fields: string[]
}

/** Lists where the two differ, measure by measure. It is a conflict when neither side is newer in all that differs. */
export function diff(mine: Saved, theirs: Saved): Difference[] {
  const differences: Difference[] = []
  const compare = (company: string, measure: string, a: Timed | undefined, b: Timed | undefined, except: string[]) => {
    const [x, y] = [a ?? { at: {} }, b ?? { at: {} }]
    const fields = [...new Set([x, y].flatMap(Object.keys))].filter((field) => field !== 'at' && !except.includes(field) && rank(x, field) !== rank(y, field))
    if (a && b && fields.length === 0) return
    const newer = new Set(fields.map((field) => compareTexts(lastTime(x, field), lastTime(y, field))))
    const kind = !b ? 'mine-only' : !a ? 'theirs-only' : newer.size > 1 || newer.has(0) ? 'conflict' : newer.has(1) ? 'newer-mine' : 'newer-theirs'
    differences.push({ company, measure, kind, fields })
  }
  for (const id of new Set([mine, theirs].flatMap(({ companies }) => Object.keys(companies)))) {
    const [a, b] = [alive(mine, id), alive(theirs, id)]
    if (!a && !b) continue
    compare(id, '', a as Timed | undefined, b as Timed | undefined, ['answers'])
    for (const measure of new Set([a, b].flatMap((company) => Object.keys(company?.answers ?? {})))) {
      compare(id, measure, a && (own(a.answers, measure) as Timed | undefined), b && (own(b.answers, measure) as Timed | undefined), [])
    }
  }
  return differences
}

/** Methods have a time each. */
function lastTime({ at }: { at: Times }, field: string): string {
  const times = Object.keys(at).filter((key) => key === field || key.startsWith(`${field}.`)).map((key) => at[key] ?? '')
  return times.sort().at(-1) ?? ''
}

/** The order of texts in all browsers, whatever the language. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a > b ? 1 : -1
}
