// Latin letters as they are typed for kana. The kana are folded: small ones are large, long vowels are left out.

const vowels = 'aiueo'
const a = 0x3042

/** The first kana of each row, by the consonants that begin it, and the steps from one vowel to the next. */
const rows: Record<string, number[]> = {
  '': [0, 2, 4, 6, 8].map((step) => a + step),
  k: line(0x304b, 2),
  g: line(0x304c, 2),
  s: line(0x3055, 2),
  z: line(0x3056, 2),
  t: [0x305f, 0x3061, 0x3064, 0x3066, 0x3068],
  d: [0x3060, 0x3062, 0x3065, 0x3067, 0x3069],
  n: line(0x306a, 1),
  h: line(0x306f, 3),
  b: line(0x3070, 3),
  p: line(0x3071, 3),
  m: line(0x307e, 1),
  r: line(0x3089, 1),
}

function line(first: number, step: number): number[] {
  return [0, 1, 2, 3, 4].map((n) => first + n * step)
}

const y = [0x3084, 0, 0x3086, 0, 0x3088]
const w = 0x308f
const wo = 0x3092
const n = 0x3093
const tsu = 0x3064

/** Spellings that sound the same. */
const spellings: [RegExp, string][] = [
  [/[lx](?=y?[aiueo]|tu)/g, ''],
  [/shi/g, 'si'],
  [/chi/g, 'ti'],
  [/tsu/g, 'tu'],
  [/ji/g, 'zi'],
  [/sh(?=[aueo])/g, 'sy'],
  [/t?ch(?=[aueo])/g, 'ty'],
  [/cy/g, 'ty'],
  [/jy?(?=[aueo])/g, 'zy'],
  [/f(?=[aieo])/g, 'hu'],
  [/fu/g, 'hu'],
  [/v(?=[aiueo])/g, 'b'],
  [/c(?=[auo])/g, 'k'],
]

/**
 * Reads a text as typed kana. Consonants at the end, of a kana half typed, are left out. Undefined when it cannot be
 * kana.
 */
export function toKana(text: string): string | undefined {
  let rest = text
  for (const [spelling, plain] of spellings) rest = rest.replace(spelling, plain)
  let kana = ''
  while (rest) {
    const syllable = /^(y|w|[kgsztdnhbpmr]?)(y?)([aiueo])/.exec(rest)
    if (syllable) {
      const [all, consonant = '', glide, vowel = ''] = syllable
      const codes = read(consonant, glide !== '', vowels.indexOf(vowel))
      if (codes.includes(0)) return undefined
      kana += String.fromCharCode(...codes)
      rest = rest.slice(all.length)
    } else if (/^n(?!y)/.test(rest)) {
      kana += String.fromCharCode(n)
      rest = rest.replace(/^nn?(?![aiueo])|^n/, '')
    } else if (/^([a-z])\1/.test(rest)) {
      kana += String.fromCharCode(tsu)
      rest = rest.slice(1)
    } else if (kana && /^[^aiueo]{1,3}$/.test(rest)) {
      return kana
    } else {
      return undefined
    }
  }
  return kana || undefined
}

function read(consonant: string, glide: boolean, vowel: number): number[] {
  if (consonant === 'y') return [y[vowel] ?? 0]
  if (consonant === 'w')
    return [[w, 0x3046, a + 4, 0x3046, wo][vowel] ?? 0, ...(vowel === 1 || vowel === 3 ? [a + vowel * 2] : [])]
  const row = rows[consonant]
  if (!row) return [0]
  // きゃ is き and や.
  return glide ? [row[1] ?? 0, y[vowel] || a + vowel * 2] : [row[vowel] ?? 0]
}
