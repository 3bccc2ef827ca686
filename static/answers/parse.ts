// Reads answers from a text or a file that may hold anything.
import {
  format,
  inOneForm,
  isFields,
  isOwnText,
  lockedFormat,
  mapFields,
  maxSize,
  own,
  statuses,
  type Answer,
  type Company,
  type Fault,
  type Fields,
  type Saved,
  type Timed,
} from './format.ts'
import type { Times } from './times.ts'

/** Of objects within objects. */
const maxDepth = 32

/** By the number of an older format, what turns it into the next one. */
export type Migrations = Record<number, (old: Fields) => Fields>

/** The first format has none before it. */
const migrations: Migrations = {}

/** Brings answers of an older format to a newer one, step by step. */
export function migrate(fields: Fields, from: number, to = format, steps = migrations): Fields {
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

/** Reads a file that may hold anything; of one that lock.ts made it gives the text. */
export async function readFile(file: Blob): Promise<{ saved: Saved } | { locked: string } | { fault: Fault }> {
  if (file.size > maxSize) return { fault: { kind: 'too-big' } }
  const buffer = await file.arrayBuffer().catch(() => undefined)
  if (!buffer) return { fault: { kind: 'unreadable' } }
  const bytes = new Uint8Array(buffer)
  let text
  try {
    text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    return { fault: { kind: 'bad-encoding' } }
  }
  const result = parse(text)
  return 'fault' in result && result.fault.kind === 'locked' ? { locked: text } : result
}

/** Some editors save as UTF-16. The first character of JSON, or a byte order mark, shows which. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff || second === 0) return 'utf-16le'
  return first === 0xfe || first === 0 ? 'utf-16be' : 'utf-8'
}

/**
 * Reads what `serialize` wrote, here or elsewhere. It never throws: what it cannot understand is a
 * fault.
 */
export function parse(text: string): { saved: Saved } | { fault: Fault } {
  try {
    return { saved: read(text) }
  } catch (error) {
    if (error instanceof Broken) return { fault: error.fault }
    // Some browsers' parsers give up on deep nesting themselves.
    return { fault: { kind: error instanceof SyntaxError ? 'not-ours' : 'too-deep' } }
  }
}

function read(text: string): Saved {
  if (text.length > maxSize) throw new Broken({ kind: 'too-big' })
  // UTF-16 read as another encoding is full of these; JSON has none.
  if (/^\0|^.\0|^\ufffd/.test(text)) throw new Broken({ kind: 'bad-encoding' })
  const json = text.replace(/^\ufeff/, '')
  if (!json.trim()) throw new Broken({ kind: 'empty' })
  const fields = withoutPrototypes(JSON.parse(json), 0)
  if (!isFields(fields) || fields.format === undefined) throw new Broken({ kind: 'not-ours' })
  if (fields.format === lockedFormat) throw new Broken({ kind: 'locked' })
  const number = Number.isInteger(fields.format) ? (fields.format as number) : 0
  if (number < 1) throw wrongType('format')
  if (number > format) throw new Broken({ kind: 'newer-format' })
  return savedFrom(migrate(fields, number))
}

/** Leaves out keys that would change a prototype when the value is copied key by key. */
function withoutPrototypes(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) throw new Broken({ kind: 'too-deep' })
  if (Array.isArray(value)) return value.map((item) => withoutPrototypes(item, depth + 1))
  return mapFields(value as Fields, (item) => withoutPrototypes(item, depth + 1))
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

const isText = (value: unknown) => typeof value === 'string'

/** Whether a value is a day of the calendar, or ''. */
export function isDate(value: unknown): value is string {
  return value === '' || (isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && isReal(`${value}T00:00:00.000Z`))
}

/** Only full UTC times of the four-digit years, as these sort as texts. */
export const isInstant: Check = (value) => {
  return isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && isReal(value)
}

/** A date that is in no calendar does not come back the same. */
function isReal(iso: string): boolean {
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso
}

const answerChecks: Record<string, Check> = {
  status: (value) => statuses.some((status) => status === value),
  note: isText,
  owner: isText,
  due: isDate,
  checked: isDate,
  reason: isText,
  evidence: isText,
  revision: (value) => Number.isSafeInteger(value),
}
const companyChecks: Record<string, Check> = {
  name: isText,
  methods: (value) => Array.isArray(value) && value.every(isText),
  deleted: (value) => typeof value === 'boolean',
  made: isInstant,
}
const savedChecks: Record<string, Check> = {
  current: isText,
  exported: isInstant,
  reminded: isInstant,
  asked: isInstant,
  undo: isText,
}

/**
 * Expects the known fields to have their types. What a file written by hand may leave out is filled
 * in.
 */
function savedFrom(fields: Fields): Saved {
  const companies = expectFields(optional(fields.companies), 'companies')
  return {
    current: '',
    ...check(fields, savedChecks, ''),
    format,
    companies: mapFields(companies, (value, id) => companyAt(value, `companies.${id}.`)),
  } as Saved
}

/** Takes any value for a company, or throws. */
export function companyFrom(value: unknown): Company {
  return companyAt(withoutPrototypes(value, 0), '')
}

/** Takes any value for an answer, or throws; `path` is where it stands. */
export function answerFrom(value: unknown, path: string): Answer {
  return answerAt(withoutPrototypes(value, 0), path)
}

/** Throws when a field of the answers, other than the companies, could not be read back. */
export function checkSavedFields(saved: Saved): void {
  check(saved as unknown as Fields, savedChecks, '')
}

/** Throws when a field of the company, other than its answers, could not be read back. */
export function checkCompanyFields(company: Company, path: string): void {
  checkCompany(company as unknown as Fields, path)
}

function checkCompany(fields: Fields, path: string): Timed {
  const texts = Object.keys(fields)
    .filter(isOwnText)
    .map((field) => [field, isText] as const)
  return check(fields, { ...companyChecks, ...Object.fromEntries(texts) }, path)
}

function companyAt(value: unknown, path: string): Company {
  const fields = expectFields(value, path)
  const answers = expectFields(optional(fields.answers), `${path}answers`)
  return inOneForm({
    name: '',
    methods: [],
    ...checkCompany(fields, path),
    answers: mapFields(answers, (value, measure) => answerAt(value, `${path}answers.${measure}.`)),
  } as Company)
}

function answerAt(value: unknown, path: string): Answer {
  return check(expectFields(value, path), answerChecks, path) as Answer
}

function check(fields: Fields, checks: Record<string, Check>, path: string): Timed {
  for (const [field, fits] of Object.entries(checks)) {
    const value = own(fields, field)
    if (value !== undefined && !fits(value)) throw wrongType(path + field)
  }
  const at = expectFields(optional(fields.at), `${path}at`)
  for (const [field, time] of Object.entries(at)) {
    if (!isInstant(time)) throw wrongType(`${path}at.${field}`)
  }
  return { ...fields, at: at as Times }
}
