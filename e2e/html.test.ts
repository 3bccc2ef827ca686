// Every page is valid HTML.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { HtmlValidate, StaticConfigLoader, type Report } from 'html-validate'
import { listPages, siteDir } from './site.ts'

/** Where html-validate's picture of HTML differs from the standard. */
const corrections = {
  // Not sectioning content: a header cell may hold it.
  details: { sectioning: false },
  // `property` comes from RDFa, a standard of its own: so link previews are told of a page that knows its address.
  meta: { attributes: { media: {}, property: {} } },
  svg: {
    attributes: Object.fromEntries(
      [
        'fill',
        'height',
        'preserveaspectratio',
        'stroke',
        'stroke-linecap',
        'stroke-linejoin',
        'stroke-width',
        'viewbox',
        'width',
      ].map((name) => [name, {}]),
    ),
  },
}

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    elements: ['html5', corrections],
    extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
    rules: {
      // The site's policy blocks style attributes and style elements: they would do nothing.
      'no-inline-style': 'error',
      'no-style-tag': 'error',
      'no-unknown-attributes': 'error',
      'no-utf8-bom': 'error',

      // The page of the companies has one for a copy, which is shown in place of its own.
      'heading-level': ['error', { allowMultipleH1: true }],

      // A select cannot follow what is typed: the list under a field is a listbox of links.
      'prefer-native-element': ['error', { exclude: ['listbox'] }],
      // Browsers refuse files with an integrity attribute on file://, where the offline edition is
      // read.
      'require-sri': 'off',
      // Wants a submit button in every form. No form of the site is sent anywhere; a form only
      // holds fields together.
      'wcag/h32': 'off',
    },
  }),
)

test('every page is valid HTML', async (t) => {
  for (const page of listPages(siteDir)) {
    await t.test(page, async () => {
      const got = findings(await validator.validateFile(join(siteDir, page)))
      assert.ok(got.length === 0, `got ${got.length} findings, want none:\n${got.join('\n')}`)
    })
  }
})

test('an invalid page gives findings', async () => {
  const invalid = `<!DOCTYPE html>
<html lang="ja"><head><title>t</title></head>
<body><p style="color: red">a & b<div></p><img src="a.png"></body></html>
`
  const got = findings(await validator.validateString(invalid, 'invalid.html'))
  for (const want of ['invalid.html:3 no-inline-style ', 'invalid.html:3 close-order ', 'invalid.html:3 wcag/h37 ']) {
    assert.ok(
      got.some((finding) => finding.startsWith(want)),
      `got ${got.join('\n')}\nwant a finding ${want}`,
    )
  }
})

/** One line for each thing found: file:line rule message. */
function findings(report: Report): string[] {
  return report.results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId} ${message}`),
  )
}
