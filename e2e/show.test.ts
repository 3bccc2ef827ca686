// What is made of the answers for others: documents that say what was answered, on the web and from
// the unzipped folder, on paper, and as files that Office reads.
import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import type { BrowserContext, Page } from 'puppeteer-core'
import { getDocumentProxy } from 'unpdf'
import {
  anotherReader,
  eventually,
  expectNoFaults,
  forEachBrowser,
  keepWhatLeaves,
  launchChromium,
  nextCopy,
  nextFile,
  openPage,
  press,
  saved,
} from './browser.ts'
import { convert } from './office.ts'
import { editionsOf, serve, siteDir, unzip, type Site } from './site.ts'

const method = 'company-vpn'
const [done, planned, unknown, out] = ['antivirus', 'backup', 'few-admins', 'public-wifi'] as const

/** Names and notes that try to be more than text. */
const hostile = '<b>株式会社</b> =1+1 𠮷野 👩‍💻 \u202eabc'

forEachBrowser('documents say what was answered', async (browser, t, browserName) => {
  for (const [where, open] of editionsOf('documents', browserName)) {
    await t.test(where, async (t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await keepWhatLeaves(page)
      await answer(page, site.root)

      await t.test('rules: what applies, numbered through, with the days of what is planned', async () => {
        await page.goto(`${site.root}rules/${method}.html`)
        await eventually('answers', () =>
          page.$eval(`[data-js-measure="${out}"]`, (clause) => !clause.checkVisibility()),
        )
        const text = await page.$eval('[data-js-document]', (article) => (article as HTMLElement).innerText)
        assert.match(text, /2027年1月20日までに行う予定/)
        assert.ok(text.includes('<b>株式会社</b> =1+1 𠮷野 👩‍💻'), text.slice(0, 300))
        assert.equal(await clauseText(page, done), '')
        assert.match(await page.$eval('[data-js-left]', (line) => line.textContent), /公衆Wi-Fiを使わない/)
        const numbers = [...text.matchAll(/第(\d+)条/g)].map(([, number]) => Number(number))
        assert.ok(numbers.length > 20, `got ${numbers.length} clauses, want more`)
        assert.deepEqual(
          numbers,
          numbers.map((_, index) => index + 1),
        )
        assert.deepEqual(
          [...text.matchAll(/第(\d+)章/g)].map(([, number]) => Number(number)),
          [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        )
      })

      await t.test('the copy says the same as the page', async () => {
        await press(page, '[data-js-copy]')
        const copied = await nextCopy(page)
        const shown = await page.$eval('[data-js-document]', (article) => (article as HTMLElement).innerText)
        assert.equal(squeezed(copied), squeezed(shown))
        assert.match(copied, /^第4条（/m)
      })

      await t.test('the file for Word has headings and numbers of its own', async () => {
        await press(page, '[data-js-word]')
        const { bytes: file } = await nextFile(page)
        const files = unzipSync(Uint8Array.from(file))
        const xml = strFromU8(files['word/document.xml']!)
        assert.equal(xml.match(/<w:pStyle w:val="Title"\/>/g)?.length, 1)
        assert.equal(xml.match(/<w:pStyle w:val="Heading1"\/>/g)?.length, 11)
        assert.ok(xml.includes('&#60;b&#62;株式会社&#60;/b&#62; =1+1 𠮷野'), 'the name is not text')
        const shown = await page.$$eval(
          '[data-js-number="clause"]',
          (all) => all.filter((one) => one.checkVisibility()).length,
        )
        assert.equal(xml.match(/<w:numId w:val="4"\/>/g)?.length, shown)
        assert.doesNotMatch(xml, /第\d+条/)
        assert.ok(strFromU8(files['word/numbering.xml']!).includes('w:lvlText w:val="第%1条"'))
        const message = await page.$eval('[data-js-message]', (line) => line.textContent)
        assert.match(message, /規程-①-.*\.docx/)
        if (browserName === 'Firefox') return
        const { 'rules.docx': read } = await convert({ 'rules.docx': file }, 'fodt')
        const text = String(read)
        assert.equal(text.match(/<text:h [^>]*text:outline-level="1"/g)?.length, 11)
        assert.equal(
          text.match(/style:num-prefix="第"|loext:num-list-format="第%1%条"/g)?.length! > 0,
          true,
          'numbers of clauses',
        )
        assert.ok(text.includes('&lt;b&gt;株式会社&lt;/b&gt; =1+1 𠮷野'), 'the name in LibreOffice')
      })

      await t.test('handout: what employees do, and whom they call', async () => {
        await page.goto(`${site.root}handouts/${method}.html`)
        await eventually('answers', () => page.$eval(`[data-js-measure="${out}"]`, (item) => !item.checkVisibility()))
        await eventually(
          'number',
          async () => (await page.$eval('[data-js-helper="boss"]', (place) => place.textContent)) === '090-0000-0000',
        )
        assert.equal(await page.$eval(`[data-js-measure="${done}"]`, (item) => item.checkVisibility()), true)
      })

      await t.test('the page for the boss counts what the checklist counts', async () => {
        await page.goto(`${site.root}checklists/${method}.html`)
        await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
        const counted = await page.$$eval('[data-js-progress] [data-js-words]', (words) =>
          words.map(({ textContent }) => textContent.match(/\d+/g)!.join()),
        )
        await page.goto(`${site.root}show/boss.html`)
        await eventually('report', () => page.$eval('[data-js-made]', (made) => made.checkVisibility()))
        assert.deepEqual(
          await page.$$eval('[data-js-figures] [data-js-words]', (words) =>
            words.map(({ textContent }) => textContent.match(/\d+/g)!.join()),
          ),
          counted,
        )
        assert.equal(await page.$eval('[data-js-apart]', (line) => line.checkVisibility()), false, 'with one method')
        const text = await page.$eval('[data-js-document]', (article) => (article as HTMLElement).innerText)
        assert.match(text, /次にすること\s+対策\s+担当\s+期限\s+時間\s+費用\s+1-1 /)
        assert.match(text, /わからない対策が1件あります。対象外にした対策: 公衆Wi-Fiを使わない。/)
        assert.match(text, /64\.4%（1,569社のうち）\s*自社:\s*対応済み/)
        await page.setViewport({ width: 360, height: 800 })
        const cut = await page.$$eval(
          '[data-js-next] :is(th, td)',
          (cells) => cells.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1).length,
        )
        assert.equal(cut, 0, 'cells whose words lie over the next')
        await page.type('[name="remarks"]', 'ひとこと <i>=2</i>')
        await press(page, '[data-js-copy]')
        assert.match(await nextCopy(page), /ひとこと <i>=2<\/i>/)
      })

      await t.test('what nobody knows becomes questions, and the answers go back', async () => {
        await page.goto(`${site.root}show/questions.html`)
        await eventually('question', async () => (await page.$$('[data-js-questions] li')).length === 1)
        await press(page, '[data-js-copy]')
        const copied = await nextCopy(page)
        assert.match(copied, /^1\. 管理者になれる人を減らす .*か。$/m)
        assert.match(copied, /^いつもお世話になっております。<b>株式会社<.*です。$/m)
        await page.select(`[data-measure="${unknown}"]`, 'done')
        await eventually('no question', async () => (await page.$$('[data-js-questions] li')).length === 0)
        await saved(page)
        assert.equal(
          await page.$eval(`[data-measure="${unknown}"]`, (select) => (select as HTMLSelectElement).checkVisibility()),
          true,
        )
        await page.goto(`${site.root}measures/${unknown}.html`)
        await eventually('answer', () =>
          page.$eval(`[name="status-${unknown}"][value="done"]`, (radio) => (radio as HTMLInputElement).checked),
        )
      })

      await t.test('a page of the content is a document with the name of the company', async () => {
        await page.goto(`${site.root}consent.html`)
        await eventually('name', async () =>
          (await page.$eval('[data-js-company]', (place) => place.textContent)).startsWith('<b>株式会社</b>'),
        )
        await press(page, '[data-js-copy]')
        assert.match(await nextCopy(page), /^私物の端末を使う同意書\n[^]*<b>株式会社<\/b> =1\+1[^]*^7\. やめるとき /m)
        await press(page, '[data-js-word]')
        const xml = strFromU8(unzipSync(Uint8Array.from((await nextFile(page)).bytes))['word/document.xml']!)
        assert.deepEqual([xml.match(/"Heading1"/g)?.length, xml.match(/<w:tbl>/g)?.length], [3, 2])
      })

      await t.test('the methods of the company come first', async () => {
        await page.goto(`${site.root}show.html`)
        await eventually('mark', () => page.$eval('[data-js-own]', (mark) => mark.checkVisibility()))
        assert.equal(await page.$eval('own-methods tbody tr', (row) => (row as HTMLElement).dataset.jsMethod), method)
      })
      expectNoFaults(faults, where)
    })
  }
})

for (const [folder, together] of [
  ['rules', 'show/rules.html'],
  ['handouts', 'show/handout.html'],
] as const)
  forEachBrowser(`${together}: what several methods ask for is what each asks for, once`, async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const methods = [method, 'company-local']
    const clauses = (of = page) =>
      of.$$eval('[data-js-document] [data-js-measure]', (all) =>
        all.filter((one) => one.checkVisibility()).map((one) => (one as HTMLElement).dataset.jsMeasure!),
      )
    const wanted = new Set<string>()
    for (const method of methods) {
      await page.goto(`${site.root}${folder}/${method}.html`)
      for (const clause of await clauses()) wanted.add(clause)
    }
    await page.goto(site.root + together)
    const all = await clauses()
    assert.ok(wanted.size < all.length, `got ${all.length} clauses of all methods, want more than ${wanted.size}`)
    for (const used of [methods, ['of another edition'], methods.slice(1)]) {
      const context = await anotherReader(browser, site)
      const { page, faults } = await openPage(context, site.root)
      await page.goto(`${site.root}methods.html`)
      await page.evaluate((methods) => {
        const company = {
          name: 'A',
          methods,
          answers: {},
          at: Object.fromEntries(methods.map((method) => [`methods.${method}`, '2026-11-01T00:00:00.000Z'])),
        }
        localStorage.setItem(
          'tebiki',
          JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: {} }),
        )
      }, used)
      await page.goto(site.root + together)
      await eventually(
        'company',
        async () => (await page.$eval('[data-js-company]', (place) => place.textContent)) === 'A',
      )
      const got = await clauses(page)
      if (used === methods) assert.deepEqual(got.toSorted(), [...wanted].sort())
      else
        assert.equal(got.length === all.length, used[0] === 'of another edition', `${used}: got ${got.length} clauses`)
      const sentences = await page.$$eval('[data-js-document] li[data-js-measure]', (all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.textContent),
      )
      assert.equal(new Set(sentences).size, sentences.length, 'sentences that stand there twice')
      const named = await page.$$eval(
        '[data-js-of-method]',
        (names) => names.filter((name) => name.checkVisibility()).length,
      )
      if (folder === 'rules') assert.equal(named, used[0] === 'of another edition' ? 8 : used.length)
      expectNoFaults(faults, `${together} of ${used}`)
      await context.close()
    }
    expectNoFaults(faults, together)
  })

forEachBrowser('what has changed since it was answered counts nowhere as done', async (browser) => {
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  const list = `${site.root}checklists/${method}.html`
  await page.goto(list)
  const changed = await page.$eval('[data-measure][data-revision="2"]', (row) => (row as HTMLElement).dataset.measure!)
  await page.evaluate(
    (method, changed, done) => {
      const at = { status: '2026-11-01T00:00:00.000Z', revision: '2026-11-01T00:00:00.000Z' }
      const answers = { [changed]: { status: 'done', revision: 1, at }, [done]: { status: 'done', revision: 1, at } }
      const company = { name: 'A', methods: [method], answers, at: {} }
      localStorage.setItem(
        'tebiki',
        JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: {} }),
      )
    },
    method,
    changed,
    done,
  )
  await page.goto(list)
  await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
  const sum = await page.$$eval('[data-js-progress] progress', (bars) =>
    bars.reduce((sum, { value }) => sum + value, 0),
  )
  assert.equal(sum, 1, 'measures that count as done')
  assert.match(await page.$eval('[data-js-due]', (line) => line.textContent), /1件/)
  if (
    await page.emulateMediaType('print').then(
      () => true,
      () => false,
    )
  ) {
    const [old, kept] = await page.evaluate(
      (...measures) =>
        measures.map((measure) => {
          const row = document.querySelector(`[data-measure="${measure}"]`)!
          const words = row.querySelector('.answer__changed')
          return {
            tick: getComputedStyle(row.querySelector('.box')!, '::after').content !== 'none',
            words: words?.checkVisibility() ?? false,
          }
        }),
      changed,
      done,
    )
    assert.deepEqual(
      [old, kept],
      [
        { tick: false, words: true },
        { tick: true, words: false },
      ],
    )
    await page.emulateMediaType()
  }
  await page.goto(`${site.root}workspace.html`)
  await eventually('line', async () =>
    /1件/.test(await page.$eval('.record [data-js-due]', (line) => line.textContent)),
  )
  await page.goto(`${site.root}index.html`)
  await eventually('count', async () =>
    /内容が変わった対策が1件/.test(await page.$eval('changed-count', (line) => line.textContent)),
  )
  await page.goto(`${site.root}rules/${method}.html`)
  await eventually('remark', async () =>
    /もう一度確認/.test(
      await page.$eval(`[data-js-measure="${changed}"] [data-js-note]`, (place) => place.textContent),
    ),
  )
  assert.equal(await clauseText(page, changed), '（これから行う）')
})

forEachBrowser('where pages do not know of each other, the answers go along', async (browser) => {
  await using site = await unzip(siteDir)
  await rm(fileURLToPath(`${site.root}hub.html`))
  const { page } = await openPage(browser, site.root)
  await page.goto(`${site.root}checklists/${method}.html`)
  await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
  await page.$eval(`[name="status-${out}"][value="na"]`, (radio) => (radio as HTMLInputElement).click())
  await eventually('answer', () =>
    page.$eval(`[data-measure="${out}"]`, (row) => (row as HTMLElement).dataset.status === 'na'),
  )
  await Promise.all([page.waitForNavigation(), page.$eval('show-link a', (link) => (link as HTMLElement).click())])
  const link = `a[href*="rules/${method}.html"]`
  await eventually('address with answers', () =>
    page.$eval(link, (link) => (link as HTMLAnchorElement).hash.includes('share=')),
  )
  await Promise.all([page.waitForNavigation(), page.$eval(link, (link) => (link as HTMLElement).click())])
  await eventually('answers', () => page.$eval(`[data-js-measure="${out}"]`, (clause) => !clause.checkVisibility()))
})

test('documents stand whole without script', async (t) => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  await page.setJavaScriptEnabled(false)
  for (const name of site.pages.filter((page) => /^(rules|handouts)\/|^show\/(rules|handout)/.test(page))) {
    await t.test(name, async () => {
      await page.goto(site.root + name)
      const hidden = await page.$$eval(
        '[data-js-document] [data-js-measure]',
        (all) => all.filter((one) => !one.checkVisibility()).length,
      )
      const all = await page.$$eval('[data-js-document] [data-js-measure]', (all) => all.length)
      assert.ok(all > 15, `got ${all} measures, want more`)
      assert.equal(hidden, 0)
      assert.equal(
        await page.$$eval('[data-js-word], [data-js-copy]', (all) => all.filter((one) => one.checkVisibility()).length),
        0,
      )
    })
  }
})

// Nobody can know how full they become: with every measure open, none, and half of them; with the
// longest names and notes.
forEachBrowser('a page for others is one page of A4', async (browser, t) => {
  await using site = await serve(siteDir)
  const [fullest = ''] = site.pages
    .filter((page) => page.startsWith('handouts/'))
    .sort((a, b) => statSync(join(siteDir, b)).size - statSync(join(siteDir, a)).size)
  for (const name of [fullest, 'show/handout.html'])
    for (const state of ['none', 'open'] as const)
      await t.test(`${name}, ${state}`, async () => assert.equal(await sheetsOf(browser, site, name, state), 1))
  for (const state of ['open', 'half', 'done'] as const)
    await t.test(`show/boss.html, ${state}`, async () =>
      assert.equal(await sheetsOf(browser, site, 'show/boss.html', state), 1),
    )
})

test('a page for others is one page in Word, too', async () => {
  await using site = await serve(siteDir)
  await using browser = await launchChromium()
  const files: Record<string, Uint8Array> = {}
  const sheets = site.pages.filter((page) => page.startsWith('handouts/'))
  for (const [names, states] of [
    [['show/boss.html'], ['open', 'half', 'done']],
    [
      [...sheets, 'show/handout.html', 'consent.html'],
      ['none', 'open'],
    ],
  ] as const)
    for (const name of names)
      for (const state of states) {
        const page = await openFilled(browser.defaultBrowserContext(), site, name, state)
        await page.waitForSelector('[data-js-word]:not([hidden])')
        await press(page, '[data-js-word]')
        files[`${name.replace(/\W/g, '-')}-${state}.docx`] = (await nextFile(page)).bytes
        await page.browserContext().close()
      }
  const made = await Promise.all(
    Object.entries(await convert(files, 'pdf')).map(async ([name, pdf]) => [name, await pagesOf(pdf)] as const),
  )
  assert.deepEqual(
    made.filter(([, pages]) => pages !== 1),
    [],
  )
  assert.equal(made.length, Object.keys(files).length)
})

type State = 'none' | 'open' | 'half' | 'done'

async function sheetsOf(browser: BrowserContext, site: Site, name: string, state: State): Promise<number> {
  const page = await openFilled(browser, site, name, state)
  const sheets = await pagesOf(await page.pdf({ preferCSSPageSize: true }))
  await page.browserContext().close()
  return sheets
}

async function pagesOf(pdf: Uint8Array): Promise<number> {
  return (await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 })).numPages
}

/** Opens a page for others in a context of its own, with as much in it as there can be. */
async function openFilled(browser: BrowserContext, site: Site, name: string, state: State): Promise<Page> {
  const page = await (await anotherReader(browser, site)).newPage()
  await keepWhatLeaves(page)
  await page.goto(
    `${site.root}checklists/${name.startsWith('handouts/') ? name.slice('handouts/'.length) : 'employee-vpn.html'}`,
  )
  if (state !== 'none') await page.evaluate(fillStorage, state)
  await page.goto(site.root + name)
  if (name === 'show/boss.html') {
    await eventually('report', () => page.$eval('[data-js-made]', (made) => made.checkVisibility()))
    assert.equal(await page.$eval('[data-js-apart]', (line) => line.checkVisibility()), true, 'with two methods')
    await page.$eval('[name="remarks"]', (field) => {
      ;(field as HTMLTextAreaElement).value = '漢'.repeat(200)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await page.$eval('[name="title"]', (field) => {
      ;(field as HTMLInputElement).value = '漢'.repeat(60)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
  } else if (state !== 'none') {
    await eventually(
      'company',
      async () => (await page.$eval('[data-js-company]', (place) => place.textContent)) !== '',
    )
  }
  return page
}

/** Puts a company with two methods and the longest names into the storage of a page. */
function fillStorage(state: State): void {
  const time = '2026-11-01T00:00:00.000Z'
  const long = '漢'.repeat(80)
  const measures = [...document.querySelectorAll<HTMLElement>('[data-measure]')].map(({ dataset }) => dataset.measure!)
  const answers = Object.fromEntries(
    measures.map((measure, index) => [
      measure,
      {
        status: state === 'done' || (state === 'half' && index % 2) ? 'done' : 'todo',
        revision: 99,
        due: '2026-12-31',
        owner: long,
        note: '漢\n'.repeat(500),
        at: { status: time, revision: time, due: time, owner: time, note: time },
      },
    ]),
  )
  const methods = ['employee-vpn', 'employee-cloud']
  const company = {
    name: long,
    methods,
    answers,
    'contact.admin': long,
    'contact.boss': long,
    at: {
      name: time,
      'contact.admin': time,
      'contact.boss': time,
      ...Object.fromEntries(methods.map((method) => [`methods.${method}`, time])),
    },
    made: time,
  }
  localStorage.setItem(
    'tebiki',
    JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: { current: time } }),
  )
}

/** Half-finished, by hand: as a reader leaves it. */
async function answer(page: Page, root: string): Promise<void> {
  await page.goto(`${root}workspace.html`)
  await eventually('workspace', () => page.$eval('[data-js-add]', (add) => add.checkVisibility()))
  await press(page, '[data-js-add] summary')
  await page.$eval('#new-company', (field, name) => void ((field as HTMLInputElement).value = name), hostile)
  await press(page, '[data-js-add] button[type="submit"]')
  await saved(page)
  await page.goto(`${root}checklists/${method}.html`)
  await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
  for (const [measure, status] of [
    [done, 'done'],
    [planned, 'doing'],
    [unknown, 'unknown'],
    [out, 'na'],
  ] as const)
    await page.$eval(`[name="status-${measure}"][value="${status}"]`, (radio) => (radio as HTMLInputElement).click())
  await page.$eval(`[data-slug="${planned}"] [name="due"]`, (field) => {
    ;(field as HTMLInputElement).value = '2027-01-20'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await saved(page)
  await page.goto(`${root}incident/lost-device.html`)
  await eventually('sheet', () => page.evaluate(() => customElements.get('emergency-sheet') !== undefined))
  await page.type('#contact-boss', '090-0000-0000')
  await page.keyboard.press('Tab')
  await saved(page)
}

function clauseText(page: Page, measure: string): Promise<string> {
  return page.$eval(`[data-js-measure="${measure}"] [data-js-planned]`, (place) => place.textContent)
}

function squeezed(text: string): string {
  return text.replace(/[\s・]+/g, '')
}
