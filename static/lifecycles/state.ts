export type LifecycleState = { kind: 'past' | 'near' | 'soon' | 'fine'; days?: number }

/** Half a year leaves just enough time to plan a replacement. */
const nearDays = 183

/**
 * How far the end of a product's support is, in the reader's own calendar. `end` and `today` are
 * YYYY-MM-DD; support lasts through the last day. Where only the month of the end is known,
 * YYYY-MM, support lasts through that month, and no days are counted.
 */
export function lifecycleState(end: string, today: string): LifecycleState {
  const [year = 0, month = 0, day] = end.split('-').map(Number)
  // Day 0 is the one before the month's first.
  const last = day === undefined ? Date.UTC(year, month, 0) : Date.parse(end)
  const days = Math.round((last - Date.parse(today)) / 86_400_000)
  if (days < 0) return { kind: 'past' }
  if (days > nearDays) return { kind: 'fine' }
  return day === undefined ? { kind: 'soon' } : { kind: 'near', days }
}
