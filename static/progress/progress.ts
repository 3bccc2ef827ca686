// How far a group of measures is, in words and as a bar.
import type { Progress } from '../answers/progress.ts'
import { fill } from '../words.ts'

/**
 * Fills a place that has `[data-js-words]` and a bar. There are patterns for when nothing,
 * something or everything does not apply.
 */
export function showProgress(
  place: HTMLElement,
  group: string,
  { total, done, na }: Progress,
  { progress = '', progressNa = '', progressNone = '' }: DOMStringMap,
): void {
  const text = fill(na === 0 ? progress : total === 0 ? progressNone : progressNa, { group, total, done, na })
  const [words, bar] = [place.querySelector('[data-js-words]'), place.querySelector('progress')]
  if (!words || !bar) throw new Error(`progress: no words or no bar in ${place.className}`)
  if (words.textContent === text) return
  words.textContent = text
  bar.max = total || 1
  bar.value = total ? done : 1
  place.toggleAttribute('data-complete', done === total)
}
