export type LifecycleState = { kind: 'past' | 'near' | 'fine'; days: number }

/** Within half a year there is just time to plan a replacement. */
const nearDays = 183

/**
 * How far the end of a product's support is. Both days are YYYY-MM-DD in the
 * reader's own calendar; support lasts through the last day.
 */
export function lifecycleState(end: string, today: string): LifecycleState {
  const days = Math.round((Date.parse(end) - Date.parse(today)) / 86_400_000)
  return { kind: days < 0 ? 'past' : days <= nearDays ? 'near' : 'fine', days }
}
