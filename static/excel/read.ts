// The script that the page of the companies loads when a reader first chooses a table.
import type { ListedMeasure } from '../answers/catalogue.ts'
import type { Saved } from '../answers/format.ts'
import { editsFor, guessCompany, idOf, type Edits } from './edits.ts'
import { EncodingError, readCsv } from './read-csv.ts'
import { OtherFileError, readWorkbook } from './read-workbook.ts'
import type { Row } from './sheet.ts'
import { findTable, type Words } from './table.ts'
import { XmlError } from './xml.ts'
import { TooBigError, ZipError } from '../zip.ts'

export type TableFault = 'broken-workbook' | 'old-workbook' | 'other-workbook' | 'no-table' | 'bad-encoding' | 'too-big'

/** A table that was read. */
export interface ReadTable {
  /** The id of its company in the edits. */
  id: string
  /** The company here that it most likely belongs to, '' for a new one. */
  guess(saved: Saved): string
  /** What it changes of that company, or of a new one. */
  edits(saved: Saved, target: string): Edits
}

export interface TableFile {
  bytes: Uint8Array<ArrayBuffer>
  /** When it was saved: an ISO time. */
  saved: string
}

async function readTable(
  { bytes, saved: at }: TableFile,
  measures: ListedMeasure[],
  words: Words,
  unnamed: string,
): Promise<{ table: ReadTable } | { fault: TableFault }> {
  try {
    for (const sheet of await sheetsOf(bytes)) {
      const table = findTable(sheet, measures, words)
      if (table)
        return {
          table: {
            id: idOf(table),
            guess: (saved) => guessCompany(saved, table, unnamed),
            edits: (saved, target) => editsFor(saved, target, table, words, at),
          },
        }
    }
    return { fault: 'no-table' }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

const [zip, old] = ['PK', '\u00d0\u00cf']

async function sheetsOf(bytes: Uint8Array<ArrayBuffer>): Promise<Iterable<Row[]>> {
  const begins = String.fromCharCode(...bytes.subarray(0, 2))
  if (begins === old) throw new OldFileError()
  return begins === zip ? readWorkbook(bytes) : readCsv(bytes)
}

/** A workbook of before 2007, or one with a password. */
class OldFileError extends Error {}

function faultOf(error: unknown): TableFault {
  if (error instanceof TooBigError) return 'too-big'
  if (error instanceof EncodingError) return 'bad-encoding'
  if (error instanceof OldFileError) return 'old-workbook'
  if (error instanceof OtherFileError) return 'other-workbook'
  if (error instanceof ZipError || error instanceof XmlError) return 'broken-workbook'
  throw error
}

export type TableReader = typeof readTable

tebikiData(readTable)
