// A file locked with a passphrase: PBKDF2 derives a key, AES-GCM encrypts with it. Browsers have
// both.
import { fromBase64, toBase64 } from '../base64.ts'
import { lockedFormat } from './format.ts'

export interface Locked {
  format: typeof lockedFormat
  version: typeof version
  kdf: typeof kdf
  iterations: number
  /** These three in Base64. */
  salt: string
  iv: string
  data: string
}

export type LockFault = { kind: 'no-crypto' | 'not-locked' | 'newer-format' | 'wrong-passphrase' }

const version = 1
const kdf = 'PBKDF2-SHA-256'

/** What OWASP recommends as of 2026; about a second on a slow machine. */
const iterations = 600_000

/** A file that asks for more is refused: it would only keep the reader waiting. */
const maxIterations = 10_000_000

/** Whether the browser can lock files here; it cannot on pages from an insecure server. */
export function canLock(): boolean {
  return globalThis.crypto?.subtle !== undefined
}

/** Spaces around a passphrase come from copying it and are no part of it. */
export async function lock(text: string, passphrase: string): Promise<{ text: string } | { fault: LockFault }> {
  if (!canLock()) return { fault: { kind: 'no-crypto' } }
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyOf(passphrase.trim(), salt, iterations)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
  const locked: Locked = {
    format: lockedFormat,
    version,
    kdf,
    iterations,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(new Uint8Array(data)),
  }
  return { text: JSON.stringify(locked) }
}

/**
 * A wrong passphrase and a damaged file cannot be told apart. One with spaces around it is tried as it
 * is, too: older files were locked so.
 */
export async function unlock(text: string, passphrase: string): Promise<{ text: string } | { fault: LockFault }> {
  if (!canLock()) return { fault: { kind: 'no-crypto' } }
  let locked: Partial<Locked>
  try {
    locked = Object(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch {
    return { fault: { kind: 'not-locked' } }
  }
  if (locked.format !== lockedFormat) return { fault: { kind: 'not-locked' } }
  if (locked.version !== version || locked.kdf !== kdf) return { fault: { kind: 'newer-format' } }
  for (const tried of new Set([passphrase.trim(), passphrase])) {
    try {
      return { text: await open(locked, tried) }
    } catch {
      // The next may open it.
    }
  }
  return { fault: { kind: 'wrong-passphrase' } }
}

async function open(locked: Partial<Locked>, passphrase: string): Promise<string> {
  const rounds = Number(locked.iterations)
  if (!(rounds <= maxIterations)) throw new RangeError()
  const [salt, iv, data] = [locked.salt, locked.iv, locked.data].map((part) => fromBase64(String(part)))
  const key = await keyOf(passphrase, salt!, rounds)
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv! }, key, data!)
  return new TextDecoder('utf-8', { fatal: true }).decode(opened)
}

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  // A passphrase is the same in full and in half width.
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}
