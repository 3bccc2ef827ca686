import { test } from 'node:test'
import { deepEqual } from 'node:assert/strict'
import { place } from './place.ts'

const view = { width: 360, height: 800 }
for (const [what, word, box, want] of [
  ['room below', { left: 20, top: 100, bottom: 120 }, { width: 300, height: 200 }, { left: 20, top: 128 }],
  ['no room below', { left: 20, top: 700, bottom: 720 }, { width: 300, height: 200 }, { left: 20, top: 492 }],
  [
    'no room at all: the page scrolls on',
    { left: 20, top: 400, bottom: 420 },
    { width: 300, height: 500 },
    { left: 20, top: 428 },
  ],
  ['at the right edge', { left: 340, top: 100, bottom: 120 }, { width: 300, height: 200 }, { left: 52, top: 128 }],
  [
    'a word that begins off the window',
    { left: -5, top: 100, bottom: 120 },
    { width: 300, height: 200 },
    { left: 8, top: 128 },
  ],
  [
    'a box as wide as the window',
    { left: 200, top: 100, bottom: 120 },
    { width: 360, height: 200 },
    { left: 8, top: 128 },
  ],
] as const) {
  test(what, () => deepEqual(place(word, box, view), want))
}
