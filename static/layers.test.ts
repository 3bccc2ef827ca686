// Which parts of static/ may use which: an import leads to the same folder or to a lower layer, and
// never in a circle.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

/** The lowest first. What stands on one layer does not use each other. */
const layers = [
  // Texts alone.
  ['words.ts', 'base64.ts', 'crc32.ts', 'csv.ts', 'fragment.ts'],
  ['dates.ts', 'zip.ts'],
  // The reader's answers: no page, no storage.
  ['answers'],
  // What any element may need of the page.
  [
    'element.ts',
    'parts.ts',
    'composing.ts',
    'clipboard.ts',
    'download.ts',
    'linked-text.ts',
    'load-script.ts',
    'own-key.ts',
    'public-address.ts',
    'keep-place.ts',
  ],
  ['store', 'read-catalogue.ts'],
  // Pieces that several parts of the site show.
  ['progress', 'facts', 'excel'],
  ['open-file'],
  [
    'checklist',
    'workspace',
    'flow',
    'search',
    'lifecycles',
    'menu',
    'print-button',
    'self-test',
    'terms',
    'emergency',
    'leak-report',
    'copy-text',
    'copy-link',
    'embed',
    'framework',
    'show',
    'offline',
  ],
  ['linking', 'every-page.ts'],
  [
    'main.ts',
    'workspace.ts',
    'forms.ts',
    'show.ts',
    'calendar.ts',
    'compare.ts',
    'embed.ts',
    'linking.ts',
    'offline.ts',
  ],
]

/** The folder or the file at the top that a file belongs to, and its layer. */
function placeOf(file: string): { part: string; layer: number } {
  const [part = ''] = file.split('/')
  return { part, layer: layers.findIndex((parts) => parts.includes(part)) }
}

/** The files of this folder that each file imports, types included. */
const imports = new Map(
  globSync('**/*.ts', { cwd: import.meta.dirname, exclude: (path) => path.endsWith('.test.ts') }).map((file) => {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    const paths = [...text.matchAll(/^(?:import|(?:import|export)\b[^'"]*?\bfrom) ['"](\.[^'"]+)['"]/gm)].map(
      ([, path]) => path ?? '',
    )
    return [file, paths.map((path) => relative('.', join(dirname(file), path)))] as const
  }),
)

test('every part of static/ has a layer', () => {
  const without = [...imports.keys()].filter((file) => placeOf(file).layer < 0)
  assert.deepEqual(without, [], 'files of no layer')
})

test('no import leads upwards or to a neighbour', () => {
  const wrong = [...imports].flatMap(([file, targets]) => {
    const from = placeOf(file)
    return targets.flatMap((target) => {
      const to = placeOf(target)
      return to.part === from.part || to.layer < from.layer ? [] : [`${file} -> ${target}`]
    })
  })
  assert.deepEqual(wrong, [], 'imports that lead upwards')
})

test('no imports go in a circle', () => {
  const circles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (path.includes(file) || done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  assert.deepEqual(circles, [], 'circles')
})

test('the imports are found', () => {
  const count = [...imports.values()].flat().length
  assert.ok(count > 100, `got ${count} imports, want all of them`)
  const missing = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => !imports.has(target)).map((target) => `${file} -> ${target}`),
  )
  assert.deepEqual(missing, [], 'imports of no file')
})
