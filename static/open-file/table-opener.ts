// Opens a table of answers, too: a workbook, or a text that a spreadsheet saved.
import { statuses, type Fault, type Status } from '../answers/format.ts'
import type { ReadTable, TableReader } from '../excel/read.ts'
import type { Words } from '../excel/table.ts'
import { part } from '../parts.ts'
import { descriptionIn, readCatalogue } from '../read-catalogue.ts'
import { pageScript } from '../store/page-store.ts'
import { fill } from '../words.ts'
import { FileOpener } from './file-opener.ts'

/** Tables of Excel and of others, whether this page can read them or not. */
const isTable = /\.(xls\w?|ods|csv|tsv|txt)$/i

/** How many of the things that were not taken, or not read, are listed. */
const maxListed = 20

/** The base of the elements that open files of answers and tables, whose words stand in `[data-js-words]`. */
export abstract class TableOpener extends FileOpener {
  /** Takes a table that was opened. */
  abstract takeTable(table: ReadTable, name: string): void

  /** What is no file of answers may be a table. */
  refuse(file: File, { kind, detail }: Fault): void {
    if ((kind === 'not-ours' || kind === 'bad-encoding') && isTable.test(file.name)) void this.#read(file)
    else this.fail(kind, detail)
  }

  async #read(file: File): Promise<void> {
    try {
      const read = (await pageScript(this.dataset.reader ?? '')) as TableReader
      const saved = new Date(Math.min(file.lastModified, Date.now())).toISOString()
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { measures } = readCatalogue(document)
      const result = await read({ bytes, saved }, measures, this.#words(), this.dataset.unnamed ?? '')
      if ('fault' in result) this.fail(result.fault)
      else this.takeTable(result.table, file.name)
    } catch {
      this.fail('no-reader')
    }
  }

  #words(): Words {
    const of = (name: string) => ({ ...part(this, `[data-js-words="${name}"]`).dataset }) as Record<string, string>
    const description = descriptionIn(document)
    const word = (status: Status) => part(description, `[data-js-status="${status}"]`).textContent
    return {
      heads: of('heads'),
      troubles: of('troubles'),
      statuses: Object.fromEntries(statuses.map((status) => [status, word(status)])),
      ...of('others'),
    } as unknown as Words
  }

  /** Lists the first of some things in a place, which is hidden when there is none. */
  protected list(place: HTMLElement, things: string[]): void {
    place.hidden = things.length === 0
    const more =
      things.length > maxListed ? [fill(this.dataset.leftMore ?? '', { count: things.length - maxListed })] : []
    part(place, 'ul').replaceChildren(
      ...[...things.slice(0, maxListed), ...more].map((text) => {
        const item = document.createElement('li')
        item.textContent = text
        return item
      }),
    )
  }
}
