// A list that changes while it is read. What stays in it keeps its element, so that readers who are
// about to click on it, or have it read out, do not lose it.

/** The most items that can stay where they are when a list changes. The others move, come or go. */
export function staying<T>(before: readonly T[], after: readonly T[]): Set<T> {
  const places = new Map(before.map((item, place) => [item, place]))
  // What stays is a longest rising sequence of the old places. ends[n] ends such a sequence of
  // n + 1 items, at the lowest place that is possible.
  const ends: T[] = []
  const previous = new Map<T, T | undefined>()
  for (const item of after) {
    const place = places.get(item)
    if (place === undefined) continue
    let length = ends.length
    while (length > 0 && places.get(ends[length - 1]!)! > place) length--
    previous.set(item, ends[length - 1])
    ends[length] = item
  }
  const stay = new Set<T>()
  for (let item = ends.at(-1); item !== undefined; item = previous.get(item)) stay.add(item)
  return stay
}

/** Gives an element these children, in this order, and moves as few of those it had as possible. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const before = [...parent.children]
  const stay = staying(before, children)
  for (const child of before) if (!stay.has(child)) child.remove()
  let next = parent.firstElementChild
  for (const child of children) {
    if (child === next) next = child.nextElementSibling
    else parent.insertBefore(child, next)
  }
}
