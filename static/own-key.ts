/**
 * The key under which this page stores what it calls by a word: it begins with the handbook's id, as all keys do, so that
 * another handbook on this origin has its own.
 */
export function ownKey(word: string): string {
  return `${document.querySelector<HTMLElement>('[data-js-store]')?.dataset.id}-${word}`
}
