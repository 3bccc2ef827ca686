// Words that the layouts hand to the scripts, as texts with placeholders and as lists.

/** Puts values into a text's placeholders, such as {count}. One without a value stays. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(Object.hasOwn(values, name) ? values[name] : whole))
}

/** The items of an attribute such as `data-threats`, which a space divides. */
export function listOf(attribute = ''): string[] {
  return attribute.split(' ').filter(Boolean)
}
