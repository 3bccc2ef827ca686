// What is alike for a reader becomes the same text: widths, upper and lower case, hiragana and katakana, small and large
// kana, long vowels and dashes, ヴ and the row of バ. Texts and queries are folded by this one function.

export interface Folded {
  text: string
  /** For each character where it came from in the original. */
  from: Uint32Array
  /** For each character whether a word begins at it: a change of script, or what was left out before it. */
  begins: Uint8Array
}

/** The scripts that make words: what stands between them is a word's end. */
export const scripts = { none: 0, latin: 1, kanji: 2, hiragana: 3, katakana: 4 } as const

export type Script = (typeof scripts)[keyof typeof scripts]

/** Kana by their places in Unicode: the two rows are 0x60 apart, a small kana stands before its large one. */
const smallKana = new Set([0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308e])
const vu = 0x3094
const bu = 0x3076
/** う with a mark and a vowel is one kana of the row of は with the mark. */
const vuRow = new Map([
  [0x3042, 0x3070],
  [0x3044, 0x3073],
  [0x3048, 0x3079],
  [0x304a, 0x307c],
])
const newLine = 10

/** What a UTF-16 code unit becomes: a code unit, `nothing`, or `several` (which `long` holds). 0: not looked at yet. */
const folded = new Int32Array(0x10000)
const nothing = -1
const several = -2
const long = new Map<number, string>()
const script = new Uint8Array(0x10000)

function scriptOf(code: number, character: string): Script {
  if (code >= 0x30a1 && code <= 0x30ff) return scripts.katakana
  if (code >= 0x3041 && code <= 0x309f) return scripts.hiragana
  if (/[\p{Script=Han}\p{Surrogate}]/u.test(character)) return scripts.kanji
  return /[\p{L}\p{N}]/u.test(character) ? scripts.latin : scripts.none
}

function foldKana(code: number): number {
  const kana = code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code
  if (smallKana.has(kana)) return kana + 1
  if (kana === 0x3095) return 0x304b
  if (kana === 0x3096) return 0x3051
  return kana
}

/** Dashes of all lengths, the long vowel, the middle dot, spaces. */
const leftOut = /[\p{Pd}\u2212\u30fc\u301c~\u30fb\s]/u

function learn(code: number): void {
  let text = ''
  for (const c of String.fromCharCode(code).normalize('NFKC').toLowerCase()) {
    script[code] = scriptOf(c.charCodeAt(0), c)
    if (c === '\n' || !leftOut.test(c)) text += c.length === 1 ? String.fromCharCode(foldKana(c.charCodeAt(0))) : c
  }
  folded[code] = text === '' ? nothing : text.length === 1 ? text.charCodeAt(0) : several
  if (folded[code] === several) long.set(code, text)
}

/** The script of an original's character; kana are told apart only there. */
export function scriptAt(original: string, at: number): Script {
  const code = original.charCodeAt(at)
  if (folded[code] === 0) learn(code)
  return (script[code] ?? scripts.none) as Script
}

// One place to work in: most texts are short.
let codes = new Uint16Array(4096)
let places = new Uint32Array(4096)
let starts = new Uint8Array(4096)

/** A new line stays one, so that nothing is found across it. */
export function fold(original: string): Folded {
  // A mark that stands apart from its kana joins it.
  const source = /[\u3099\u309a\uff9e\uff9f]/.test(original) ? original.normalize('NFKC') : original
  let length = 0
  let before: number = scripts.none
  let apart = true
  let afterVu = false
  const put = (code: number, at: number, own: number) => {
    const joined = afterVu ? vuRow.get(code) : undefined
    afterVu = code === vu
    if (joined) {
      codes[length - 1] = joined
      return
    }
    if (length === codes.length) [codes, places, starts] = [grown(codes), grown(places), grown(starts)]
    codes[length] = afterVu ? bu : code
    places[length] = at
    starts[length] = apart || own !== before || own === scripts.none ? 1 : 0
    length++
    apart = false
    before = own
  }
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    if (folded[code] === 0) learn(code)
    const to = folded[code]!
    // Spaces and middle dots part words; dashes and long vowels are inside them.
    if (to === nothing) apart ||= code <= 0x20 || code === 0x3000 || code === 0x30fb || code === 0xff65 || code === 0xa0
    else if (to !== several) put(to, at, script[code]!)
    else for (const c of long.get(code)!) put(c.charCodeAt(0), at, script[code]!)
    if (code === newLine) apart = true
  }
  return { text: asText(codes.subarray(0, length)), from: places.slice(0, length), begins: starts.slice(0, length) }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2)
  larger.set(array)
  return larger
}

function asText(codes: Uint16Array): string {
  let text = ''
  // A call takes a limited number of arguments.
  for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.subarray(i, i + 4096))
  return text
}
