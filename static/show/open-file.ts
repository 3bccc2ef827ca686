// Opens a file of answers, or a table, to be compared with: nothing of it goes into the record.
import { empty, type Saved } from '../answers/format.ts'
import type { ReadTable } from '../excel/read.ts'
import { TableOpener } from '../open-file/table-opener.ts'
import { part } from '../parts.ts'

/** What a file holds. */
export interface Opened {
  name: string
  saved: Saved
}

/** `<open-file>` sends an event `opened` with what it has opened, or with undefined when that is put away. */
export class OpenFile extends TableOpener {
  take(saved: Saved, name: string): void {
    this.#tell({ name, saved })
  }

  takeTable(table: ReadTable, name: string): void {
    const { theirs, troubles } = table.edits(empty(), '')
    this.list(part(this, '[data-js-troubles]'), troubles)
    this.take(theirs, name)
  }

  override close(): void {
    super.close()
    part(this, '[data-js-troubles]').hidden = true
    this.#tell(undefined)
  }

  #tell(detail: Opened | undefined): void {
    this.dispatchEvent(new CustomEvent('opened', { detail }))
  }
}
