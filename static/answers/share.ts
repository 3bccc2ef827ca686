// A company's answers as a text short enough for a link: a copy to read, which never mixes with the
// reader's own.
import { fromBase64, toBase64 } from '../base64.ts'
import type { Answer, Company } from './format.ts'
import { companyFrom } from './parse.ts'

export interface Included {
  /** Notes, and reasons why a measure does not apply. */
  notes?: boolean
  owners?: boolean
}

export interface ShareFault {
  kind: 'too-big' | 'broken' | 'newer-format'
}

interface Copy {
  version: typeof version
  name: string
  methods: string[]
  answers: Record<string, Partial<Answer>>
}

const version = 1

/** In characters and bytes. Browsers take longer links; mail programs do not. */
const maxPacked = 100_000
const maxUnpacked = 1_000_000

/**
 * Packs a copy, unless it would be too big to be read. Measures stand by slug, so that later
 * editions can read it.
 */
export async function pack(
  { name, methods, answers }: Company,
  { notes, owners }: Included = {},
): Promise<{ text: string } | { fault: ShareFault }> {
  const fields = [
    'status',
    'due',
    'checked',
    'revision',
    ...(notes ? ['note', 'reason'] : []),
    ...(owners ? ['owner'] : []),
  ]
  const kept = ([measure, answer]: [string, Answer]) => [
    measure,
    Object.fromEntries(Object.entries(answer).filter(([field]) => fields.includes(field))),
  ]
  const copy: Copy = { version, name, methods, answers: Object.fromEntries(Object.entries(answers).map(kept)) }
  const unpacked = new TextEncoder().encode(JSON.stringify(copy))
  const bytes = await collect(stream(unpacked, new CompressionStream('deflate-raw')), maxPacked)
  const text = toBase64(bytes ?? new Uint8Array()).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return !bytes || unpacked.length > maxUnpacked || text.length > maxPacked ? { fault: { kind: 'too-big' } } : { text }
}

/** Reads a text that may be anything. */
export async function unpack(text: string): Promise<{ company: Company } | { fault: ShareFault }> {
  if (text.length > maxPacked) return { fault: { kind: 'too-big' } }
  try {
    const packed = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = await collect(stream(packed, new DecompressionStream('deflate-raw')), maxUnpacked)
    if (!bytes) return { fault: { kind: 'too-big' } }
    const copy = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<Copy>
    if (Number(copy.version) > version) return { fault: { kind: 'newer-format' } }
    if (copy.version !== version) return { fault: { kind: 'broken' } }
    const { name, methods, answers } = copy
    return { company: companyFrom({ name, methods, answers }) }
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
