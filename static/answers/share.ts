// A company's answers as a fragment short enough for a link: a copy to read, which never mixes with
// the reader's own.
//
// It is share=<length>.<checksum>.<packed>, with the length of the packed part in characters and its
// CRC-32 in hexadecimal, so that whatever mail and chat programs put around it or break it with can
// be told from it. The first form, share=<packed>&made=<date>, is still read.
import { fromBase64, toBase64 } from '../base64.ts'
import { crc32 } from '../crc32.ts'
import { decode } from '../fragment.ts'
import { isOwnText, type Answer, type Company } from './format.ts'
import { companyFrom, isDate } from './parse.ts'

export interface Included {
  /** Notes, evidence, and reasons why a measure does not apply. */
  notes?: boolean
  owners?: boolean
  /** The texts that the company has of its own: numbers for an emergency, products, states that were kept. */
  texts?: boolean
}

export interface ShareFault {
  /** `cut`: its end is missing. */
  kind: 'too-big' | 'cut' | 'broken' | 'newer-format'
}

export interface Shared {
  company: Company
  /** The day the copy was made, YYYY-MM-DD; '' when it does not say. */
  made: string
}

interface Copy {
  version: typeof version
  name: string
  methods: string[]
  answers: Record<string, Partial<Answer>>
  /** Texts of the company's own, by its fields. */
  contacts?: Record<string, string>
  made: string
}

const version = 1

/** In characters and bytes. Browsers take longer links; mail programs do not. */
const maxPacked = 100_000
const maxUnpacked = 1_000_000

/**
 * Makes the fragment of a copy, unless it would be too big to be read. `made` is the day. Measures
 * stand by slug, so that later editions can read it.
 */
export async function pack(
  { name, methods, answers, ...others }: Company,
  made: string,
  { notes, owners, texts }: Included = {},
): Promise<{ fragment: string } | { fault: ShareFault }> {
  const fields = [
    'status',
    'due',
    'checked',
    'revision',
    ...(notes ? ['note', 'reason', 'evidence'] : []),
    ...(owners ? ['owner'] : []),
  ]
  const kept = ([measure, answer]: [string, Answer]) => [
    measure,
    Object.fromEntries(Object.entries(answer).filter(([field]) => fields.includes(field))),
  ]
  const copy: Copy = { version, name, methods, answers: Object.fromEntries(Object.entries(answers).map(kept)), made }
  if (texts)
    copy.contacts = Object.fromEntries(
      Object.entries<unknown>(others).filter((entry): entry is [string, string] => isOwnText(entry[0])),
    )
  const unpacked = new TextEncoder().encode(JSON.stringify(copy))
  const bytes = await collect(stream(unpacked, new CompressionStream('deflate-raw')), maxPacked)
  const packed = toBase64(bytes ?? new Uint8Array())
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
  if (!bytes || unpacked.length > maxUnpacked || packed.length > maxPacked) return { fault: { kind: 'too-big' } }
  return { fragment: `share=${packed.length}.${checksum(packed)}.${packed}` }
}

function checksum(packed: string): string {
  return crc32(new TextEncoder().encode(packed)).toString(16).padStart(8, '0')
}

/** Whether a fragment is that of a copy, whole or not. */
export function isShared(fragment: string): boolean {
  return /^\W*share(?![\w-])/i.test(decode(fragment))
}

/** Reads the fragment of a copy, which may have been changed on its way in any manner. */
export async function unpack(fragment: string): Promise<Shared | { fault: ShareFault }> {
  const [, text = ''] = /^\W*share[^\w-]*(.*)$/is.exec(decode(fragment)) ?? []
  const [, length, sum, rest] = /^(\d+)\.([\da-f]{8})\.(.*)$/is.exec(text.replace(/[^\w.-]+/g, '')) ?? []
  if (rest === undefined) return unpackFirstForm(text)
  const packed = rest.replaceAll('.', '').slice(0, Number(length))
  if (Number(length) > maxPacked) return { fault: { kind: 'too-big' } }
  if (packed.length < Number(length)) return { fault: { kind: 'cut' } }
  return checksum(packed) === sum!.toLowerCase() ? inflate(packed) : { fault: { kind: 'broken' } }
}

/** The packed part ends where something else than its characters begins. */
async function unpackFirstForm(text: string): Promise<Shared | { fault: ShareFault }> {
  const packed = /^[\w\s-]*/.exec(text)![0].replace(/\s+/g, '')
  if (/^\d*$/.test(packed)) return { fault: { kind: 'cut' } }
  const [, made = ''] = /&made\W*(\d{4}-\d\d-\d\d)/.exec(text.replace(/\s+/g, '')) ?? []
  return inflate(packed, made)
}

async function inflate(packed: string, day = ''): Promise<Shared | { fault: ShareFault }> {
  if (packed.length > maxPacked) return { fault: { kind: 'too-big' } }
  try {
    const zipped = fromBase64(packed.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = await collect(stream(zipped, new DecompressionStream('deflate-raw')), maxUnpacked)
    if (!bytes) return { fault: { kind: 'too-big' } }
    const copy = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<Copy>
    if (Number(copy.version) > version) return { fault: { kind: 'newer-format' } }
    if (copy.version !== version) return { fault: { kind: 'broken' } }
    const { name, methods, answers, contacts, made = day } = copy
    return { company: companyFrom({ ...contacts, name, methods, answers }), made: isDate(made) ? made : '' }
  } catch {
    return { fault: { kind: 'broken' } }
  }
}

function stream(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(through)
}

/** Reads a stream to its end; undefined if it is longer than `max` bytes. */
async function collect(stream: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const reader = stream.getReader()
  for (let { done, value } = await reader.read(); !done && value; { done, value } = await reader.read()) {
    size += value.length
    if (size > max) {
      await reader.cancel()
      return undefined
    }
    chunks.push(new Uint8Array(value))
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}
