/** In which piece a pair of characters stands: FNV-1a over its UTF-16 units, as the generator computes it. */
export function hashOf(pair: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < pair.length; i++) hash = Math.imul(hash ^ pair.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
