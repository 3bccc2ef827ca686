// LibreOffice, which opens and saves what readers take to their offices.
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { findProgram, waitTimeout } from './browser.ts'

/** A filter's name and what it is told, behind the ending of the file. */
export const csvOfFirstSheet = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1'

/** Opens files and saves them in another format, all at once: to start takes longer than to save. */
export async function convert(
  files: Record<string, string | Uint8Array>,
  format: string,
): Promise<Record<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'office-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    await promisify(execFile)(
      findProgram('SOFFICE', 'soffice'),
      [
        // A profile of its own: another one of the same reader would only be told of the files.
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        '--headless',
        '--convert-to',
        format,
        '--outdir',
        join(folder, 'out'),
        ...Object.keys(files).map((name) => join(folder, name)),
      ],
      { timeout: 2 * waitTimeout },
    )
    const [ending = ''] = format.split(':')
    // The name of the sheet is added to that of the file.
    const made = Object.keys(files).map(async (name) => {
      const stem = basename(name).replace(/\.\w+$/, '')
      const [found] = globSync(`${stem}{,-*}.${ending}`, { cwd: join(folder, 'out') })
      if (!found) throw new Error(`LibreOffice made nothing of ${name}`)
      return [name, await readFile(join(folder, 'out', found))] as const
    })
    return Object.fromEntries(await Promise.all(made))
  } finally {
    await rm(folder, { recursive: true })
  }
}
