import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { unzipSync, zipSync } from 'fflate'
import { crc32 } from './crc32.ts'
import { pack, readZip, TooBigError, unpack, writeZip, ZipError, type Entry } from './zip.ts'

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const text = (value: string) => new TextEncoder().encode(value)

suite('zip files', () => {
  test('are read by another program', async () => {
    const files = { 'a.xml': 'あ'.repeat(100_000), 'xl/b.xml': '', 'xl/日本.xml': '<x/>' }
    const entries = await Promise.all(Object.entries(files).map(([name, content]) => pack(name, content)))
    const inside = unzipSync(await bytesOf(writeZip(entries)))
    assert.deepEqual(
      Object.fromEntries(Object.entries(inside).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])),
      files,
    )
  })

  test('of another program are read, packed or not, with a remark at the end', async () => {
    const zip = zipSync({ 'a.xml': [text('packed '.repeat(1000)), {}], 'b.xml': [text('stored'), { level: 0 }] })
    // The last two bytes tell how long the remark is.
    zip.set([3, 0], zip.length - 2)
    const entries = readZip(new Uint8Array([...zip, ...text('end')]))
    assert.deepEqual(await Promise.all(entries.map(async (entry) => [entry.name, await unpack(entry, 10_000)])), [
      ['a.xml', 'packed '.repeat(1000)],
      ['b.xml', 'stored'],
    ])
  })

  test('with names that lead elsewhere are lists of names and nothing else', () => {
    const names = ['../../etc/passwd', '/absolute', 'C:\\windows', '__proto__', 'constructor']
    const zip = zipSync(Object.fromEntries(names.map((name) => [`${name}!`, text('x')])))
    assert.deepEqual(
      readZip(new Uint8Array(zip)).map(({ name }) => name),
      names.map((name) => `${name}!`),
    )
  })

  test('that would fill the memory are left', async () => {
    // A thousand times as large when it is unpacked.
    const zip = new Uint8Array(zipSync({ a: new Uint8Array(60_000_000) }))
    assert.ok(zip.length < 100_000)
    const [bomb] = readZip(zip)
    const before = process.memoryUsage().arrayBuffers
    await assert.rejects(unpack(bomb!, 1_000_000), TooBigError)
    assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000, 'most of it was never unpacked')
    // Nor is it believed when it says that it is small.
    await assert.rejects(unpack({ ...bomb!, size: 10 }, 1_000_000), TooBigError)
    await assert.rejects(unpack({ ...bomb!, method: 0, packed: new Uint8Array(2_000_000) }, 1_000_000), TooBigError)
  })

  test('that are broken are told from whole ones, wherever they are', async () => {
    const zip = new Uint8Array(
      await bytesOf(writeZip([await pack('a.xml', 'whole '.repeat(100)), await pack('b.xml', 'text')])),
    )
    const read = async (bytes: Uint8Array<ArrayBuffer>) =>
      Promise.all(readZip(bytes).map((entry) => unpack(entry, 10_000)))
    const whole = await read(zip)
    for (let length = 0; length < zip.length; length++)
      await assert.rejects(read(zip.slice(0, length)), ZipError, `${length} bytes`)
    let told = 0
    for (let at = 0; at < zip.length; at++) {
      const bytes = zip.slice()
      bytes[at]! ^= 0x55
      // Dates, names and versions may be anything; a text is never another one.
      await read(bytes).then(
        (texts) =>
          assert.deepEqual(
            texts.filter((text) => !whole.includes(text)),
            [],
            `byte ${at}`,
          ),
        (error: unknown) => {
          assert.ok(error instanceof ZipError || error instanceof TooBigError, `byte ${at}: ${String(error)}`)
          told++
        },
      )
    }
    assert.ok(told > 50, `got ${told} faults`)
    for (const junk of [
      '',
      'PK',
      'PK\x03\x04',
      'PK\x05\x06'.padEnd(22, '\0').replace(/\0{4}$/, '\xff\xff\xff\xff'),
      'x'.repeat(100_000),
    ])
      await assert.rejects(
        async () =>
          read(new Uint8Array([...junk].map((c) => c.charCodeAt(0)))).then(
            (texts) => texts.length || Promise.reject(new ZipError('empty')),
          ),
        ZipError,
      )
  })

  test('locked ones are left', async () => {
    const zip = await bytesOf(writeZip([await pack('a.xml', 'text')]))
    const view = new DataView(zip.buffer)
    const list = view.getUint32(zip.length - 6, true)
    view.setUint16(list + 8, 1, true)
    assert.throws(() => readZip(zip), ZipError)
  })

  test('sums are those of the data', async () => {
    const entry: Entry = await pack('a', 'x')
    assert.equal(entry.crc, crc32(text('x')))
    await assert.rejects(unpack({ ...entry, crc: 1 }, 10), ZipError)
    await assert.rejects(unpack({ ...entry, method: 12 }, 10), ZipError)
  })
})
