// What is read from a file of any kind: rows of cells as texts.

export interface Cell {
  /** As a reader sees it, but days as 2026-12-01. */
  text: string
  /** A number that is not a text, with days counted from 1900. */
  number?: number
  /** What a formula says that failed. */
  isError?: boolean
}

export interface Row {
  /** From 1, as spreadsheets number them. */
  number: number
  /** By column, from 0; some are missing. */
  cells: Cell[]
}

/** Nobody's checklist has this many cells; a browser would take long to look at them. */
export const maxCells = 300_000

export type ReadFault = 'broken-workbook' | 'other-workbook' | 'bad-encoding' | 'too-big'
