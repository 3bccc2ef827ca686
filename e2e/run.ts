// Runs the test files that match the given patterns with Node's own test runner. `node --test`
// would do, but it passes when no file matches, and counts a file without a test as a test passed.
import { globSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { cut, isCut } from './site.ts'

const patterns = process.argv.slice(2)
// The largest first, which take longest: so that none is left alone at the end.
const files = globSync(patterns)
  .map((file) => resolve(file))
  .sort((a, b) => statSync(b).size - statSync(a).size)
if (files.length === 0) {
  console.error(`no test file matches ${patterns.join(' ')}`)
  process.exit(1)
}

const withoutTest = new Set(files)
// Browser tests wait much: a file for each processor keeps them all at work. (Node's own choice
// leaves one processor out.) The time-out is for a file that hangs, not for a machine that is busy.
const events = run({
  files,
  concurrency: availableParallelism(),
  timeout: 30 * 60_000,
  // Only tests in both browsers visit the site before.
  ...(isCut && { testNamePatterns: [new RegExp(cut)] }),
})
events.on('test:fail', () => {
  process.exitCode = 1
})
const seconds: [file: string, seconds: number][] = []
// A file that registers a test sends a summary of its own; the last summary, of the whole run,
// names no file.
events.on('test:summary', ({ file, duration_ms }) => {
  if (file === undefined) return
  withoutTest.delete(file)
  seconds.push([relative('', file), Math.round(duration_ms / 1000)])
})
events.compose(spec).pipe(process.stdout)

process.on('exit', () => {
  const longest = seconds.sort(([, a], [, b]) => b - a).slice(0, 12)
  console.log(`longest files: ${longest.map(([file, seconds]) => `${file} ${seconds} s`).join(', ')}`)
  for (const file of withoutTest) {
    console.error(`${file}: no test ran`)
    process.exitCode = 1
  }
})
