import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 as zlib } from 'node:zlib'
import { crc32 } from './crc32.ts'

test('the checksum is that of zip files', () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926)
  for (const length of [0, 1, 255, 10_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 3)) & 255)
    assert.equal(crc32(bytes), zlib(bytes), `${length} bytes`)
  }
})
