// Reads and writes zip files, of which Office files are made. Compression is the browser's own.
import { crc32 } from './crc32.ts'

/** A file within a zip. */
export interface Entry {
  name: string
  method: number
  crc: number
  /** In bytes, when it is unpacked. */
  size: number
  packed: Uint8Array<ArrayBuffer>
}

/** It is no zip, a part of it is missing or damaged, or it is locked. */
export class ZipError extends Error {}

/** It would take more than it may when it is unpacked. */
export class TooBigError extends Error {}

const store = 0
const deflate = 8

/** Signatures, and lengths without names. */
const local = 0x04034b50
const localLength = 30
const central = 0x02014b50
const centralLength = 46
const end = 0x06054b50
const endLength = 22
/** 1980-01-01, the first day a zip can have. */
const day = 0x0021

/** Lists the files of a zip. Their names are compared with those that are wanted, and lead nowhere. */
export function readZip(bytes: Uint8Array<ArrayBuffer>): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    let at = bytes.length - endLength
    // A remark may stand behind the end.
    for (const first = Math.max(0, at - 0xffff); view.getUint32(at, true) !== end; at--)
      if (at <= first) throw new ZipError('no end')
    const count = view.getUint16(at + 10, true)
    let place = view.getUint32(at + 16, true)
    const entries: Entry[] = []
    for (let i = 0; i < count; i++) {
      if (view.getUint32(place, true) !== central) throw new ZipError('no list of files')
      const [flags, method] = [view.getUint16(place + 8, true), view.getUint16(place + 10, true)]
      const [crc, length, size] = [16, 20, 24].map((offset) => view.getUint32(place + offset, true)) as [
        number,
        number,
        number,
      ]
      const [nameLength, extra, remark] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true)) as [
        number,
        number,
        number,
      ]
      const header = view.getUint32(place + 42, true)
      const name = new TextDecoder().decode(bytes.subarray(place + centralLength, place + centralLength + nameLength))
      if (flags & 1) throw new ZipError('locked')
      if (view.getUint32(header, true) !== local) throw new ZipError(`no ${name}`)
      const data = header + localLength + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
      if (data + length > bytes.length) throw new ZipError(`${name} is cut`)
      entries.push({ name, method, crc, size, packed: bytes.subarray(data, data + length) })
      place += centralLength + nameLength + extra + remark
    }
    return entries
  } catch (error) {
    // What the file says may lie outside of it.
    throw error instanceof RangeError ? new ZipError('cut') : error
  }
}

/** Unpacks a file of a zip into a text, of so many bytes at most: what the file says of its size is not believed. */
export async function unpack({ name, method, crc, packed }: Entry, max: number): Promise<string> {
  if (method !== store && method !== deflate) throw new ZipError(`${name} is packed in another way`)
  const bytes = method === store ? packed : await through(new DecompressionStream('deflate-raw'), packed, max)
  if (bytes.length > max) throw new TooBigError(name)
  if (crc32(bytes) !== crc) throw new ZipError(`${name} is damaged`)
  return new TextDecoder().decode(bytes)
}

/** Packs a text. */
export async function pack(name: string, text: string): Promise<Entry> {
  const bytes = new TextEncoder().encode(text)
  const packed = await through(new CompressionStream('deflate-raw'), bytes)
  return { name, method: deflate, crc: crc32(bytes), size: bytes.length, packed }
}

export function writeZip(entries: Entry[]): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const list: Uint8Array<ArrayBuffer>[] = []
  let at = 0
  for (const { name, method, crc, size, packed } of entries) {
    const path = new TextEncoder().encode(name)
    const fields: [number, 2 | 4][] = [
      [20, 2],
      [0x800, 2],
      [method, 2],
      [0, 2],
      [day, 2],
      [crc, 4],
      [packed.length, 4],
      [size, 4],
      [path.length, 2],
      [0, 2],
    ]
    const header = numbers([[local, 4], ...fields])
    parts.push(header, path, packed)
    list.push(numbers([[central, 4], [20, 2], ...fields, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), path)
    at += header.length + path.length + packed.length
  }
  const length = list.reduce((sum, { length }) => sum + length, 0)
  const count = entries.length
  return new Blob([
    ...parts,
    ...list,
    numbers([
      [end, 4],
      [0, 2],
      [0, 2],
      [count, 2],
      [count, 2],
      [length, 4],
      [at, 4],
      [0, 2],
    ]),
  ])
}

/** Writes numbers of two or four bytes. */
function numbers(fields: [number, 2 | 4][]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, length]) => sum + length, 0)))
  let at = 0
  for (const [value, length] of fields) {
    if (length === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += length
  }
  return new Uint8Array(view.buffer)
}

/** Sends bytes through a stream, and stops when more than `max` come out. */
async function through(
  { readable, writable }: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  max = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = writable.getWriter()
  // Its faults are those of the reader, too.
  writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => {})
  const reader = readable.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array>
      if (done) break
      length += value.length
      if (length > max) throw new TooBigError('unpacked')
      chunks.push(value)
    }
  } catch (error) {
    void reader.cancel().catch(() => {})
    throw error instanceof TooBigError ? error : new ZipError('damaged')
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
