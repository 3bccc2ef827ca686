/** How many hits a reader looks at. */
const depth = 5

/**
 * Whether a found address is the wanted one. A wanted page is met by any of its sections; a wanted
 * item of a page (glossary.html#vpn) by itself alone.
 */
export function meets(found: string, wanted: string): boolean {
  return found === wanted || (!wanted.includes('#') && found.startsWith(`${wanted}#`))
}

/**
 * The share of the expected hits among the first five, 0 to 1. Where nothing is expected: whether
 * nothing was found.
 */
export function recall(hits: string[][], found: string[]): number {
  if (hits.length === 0) return found.length === 0 ? 1 : 0
  const first = found.slice(0, depth)
  return hits.filter((alternatives) => first.some((address) => meetsAny(address, alternatives))).length / hits.length
}

/**
 * One by the place of the first expected hit, 0 if there is none. Where nothing is expected:
 * whether nothing was found.
 */
export function reciprocalRank(hits: string[][], found: string[]): number {
  if (hits.length === 0) return found.length === 0 ? 1 : 0
  const place = found.findIndex((address) => hits.some((alternatives) => meetsAny(address, alternatives)))
  return place === -1 ? 0 : 1 / (place + 1)
}

function meetsAny(found: string, alternatives: string[]): boolean {
  return alternatives.some((wanted) => meets(found, wanted))
}

export function mean(values: number[]): number {
  if (values.length === 0) throw new Error('the mean of nothing')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The smallest value that the given share of the values (0 to 1) does not exceed. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('a quantile of nothing')
  return value
}
