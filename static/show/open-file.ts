// Opens a file of answers to be compared with: nothing of it goes into the record.
import type { Fault, Saved } from '../answers/format.ts'
import { FileOpener } from '../open-file/file-opener.ts'

/** What a file holds. */
export interface Opened {
  name: string
  saved: Saved
}

/** `<open-file>` sends an event `opened` with what it has opened, or with undefined when that is put away. */
export class OpenFile extends FileOpener {
  take(saved: Saved, name: string): void {
    this.#tell({ name, saved })
  }

  refuse(_file: File, { kind, detail }: Fault): void {
    this.fail(kind, detail)
  }

  override close(): void {
    super.close()
    this.#tell(undefined)
  }

  #tell(detail: Opened | undefined): void {
    this.dispatchEvent(new CustomEvent('opened', { detail }))
  }
}
