// What a page knows of its handbook: it stands in the page's data attributes.
import { listOf } from '../words.ts'

/** A measure (対策), as far as its answers depend on it. */
export interface Measure {
  slug: string
  /** Goes up when the meaning of the measure changes. */
  revision: number
  /** Withdrawn measures whose answers it takes over. */
  replaces: string[]
  /** After so many months it is to be done or looked at again; 0 or nothing for never. */
  every?: number
}

/** A measure as a catalogue lists it. */
export interface ListedMeasure extends Measure {
  number: string
  title: string
  href: string
  /** For each method whose checklist it is on, its group there. */
  groups: Record<string, string>
}

/** A method (方式). */
export interface Method {
  slug: string
  name: string
  href: string
}

/** A group of a checklist: preparation, then the priorities (優先度). */
export interface Group {
  slug: string
  /** Short, as it stands before a number. */
  label: string
  name: string
}

export interface Catalogue {
  methods: Method[]
  groups: Group[]
  measures: ListedMeasure[]
}

/** Reads a measure from the data attributes that describe it. */
export function readMeasure(slug: string, { revision, replaces, every }: Record<string, string | undefined>): Measure {
  return { slug, revision: Number(revision) || 0, replaces: listOf(replaces), every: Number(every) || 0 }
}
