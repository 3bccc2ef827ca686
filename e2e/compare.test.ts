// A company against what it was, and companies side by side: what is said is what was answered, on the
// web and from the unzipped folder, on paper, and as files that spreadsheets read.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ElementHandle, Page } from 'puppeteer-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { lock } from '../static/answers/lock.ts'
import { readCsv } from '../static/excel/read-csv.ts'
import { readWorkbook } from '../static/excel/read-workbook.ts'
import { axeFindings } from './axe.ts'
import {
  eventually,
  expectNoFaults,
  forEachBrowser,
  keepWhatLeaves,
  nextCopy,
  nextFile,
  openPage,
  press,
  saved,
} from './browser.ts'
import { focusFindings, sidewaysFindings } from './findings.ts'
import { convert, csvOfFirstSheet } from './office.ts'
import { editionsOf, serve, siteDir, unzip } from './site.ts'

const method = 'company-vpn'
const [kept, undone, doing, out, note] = ['antivirus', 'backup', 'few-admins', 'public-wifi', 'lockout'] as const

/** Names and notes that try to be more than text. */
const hostile = '<b>株式会社</b> =1+1 𠮷野 👩‍💻 abc'

forEachBrowser('a company against what it was', async (browser, t, browserName) => {
  const folder = await temporaryFolder(t)
  for (const [where, open] of editionsOf('company', browserName)) {
    await t.test(where, async (t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await keepWhatLeaves(page)
      const shown = async () => page.$eval('[data-js-document]', (article) => (article as HTMLElement).innerText)
      const listed = async (kind: string) =>
        page.$$eval(`[data-js-kind="${kind}"] li`, (items) =>
          items.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
        )
      const states = async () =>
        page.$$eval('[data-js-states] [data-js-name]', (names) => names.map(({ textContent }) => textContent))
      const openCompare = async () => {
        await page.goto(`${site.root}show/compare.html`)
        await page.waitForSelector('[data-js-keep-state]', { visible: true })
      }
      await load(page, site.root, folder, { first: { ...company(hostile), answers: {} } })
      await answer(page, site.root, { [kept]: 'done', [undone]: 'done', [doing]: 'todo', [out]: 'unknown' })

      await t.test('nothing to compare with yet', async () => {
        await openCompare()
        assert.equal(await isVisible(page, '[data-js-nothing]'), true)
        assert.equal(await isVisible(page, '[data-js-document]'), false)
      })

      await t.test('a state is kept, with its name as text', async () => {
        await page.type('[data-js-keep-state] input', '監査の前 <i>=2</i>')
        await press(page, '[data-js-keep-state] button')
        await eventually('state', async () => (await states()).length === 1)
        assert.match((await states())[0]!, /^\d+年\d+月\d+日 監査の前 <i>=2<\/i>$/)
        assert.match(await textOf(page, 'kept-states [data-js-message]'), /監査の前 <i>=2<\/i>」の状態を残しました。$/)
        assert.equal(
          await textOf(page, '[data-js-counts]').then((text) =>
            /^変わった対策はありません。変わらない対策は\d+件です。$/.test(text),
          ),
          true,
        )
        await saved(page)
      })

      await t.test('what has changed since is named, and nothing else', async () => {
        await answer(page, site.root, { [undone]: 'doing', [doing]: 'done', [out]: 'na' }, { [note]: hostile })
        await openCompare()
        await eventually('comparison', async () => (await listed('done')).length > 0)
        assert.deepEqual(await listed('done'), [`${await title(page, doing)} 未対応から対応済みへ`])
        assert.deepEqual(await listed('undone'), [`${await title(page, undone)} 対応済みから対応中へ`])
        assert.deepEqual(await listed('changed'), [`${await title(page, out)} わからないから対象外へ`])
        assert.deepEqual([await listed('added'), await listed('gone')], [[], []])
        const text = await shown()
        for (const count of ['新しく済んだ対策が1件', '済みでなくなった対策が1件', '状態の変わった対策が1件'])
          assert.ok(text.includes(count), count)
        assert.ok(text.includes(hostile), text.slice(0, 300))
        const link = await page.$eval('[data-js-kind="done"] a', (link) => (link as HTMLAnchorElement).href)
        assert.equal(link, `${site.root}measures/${doing}.html`)
      })

      await t.test('its course is a table, whose bars are as long as its figures say', async () => {
        const rows = await page.$$eval('[data-js-progress] tr', (rows) =>
          rows.map((row) =>
            [...row.querySelectorAll('td')].map((cell) => ({
              text: cell.querySelector('[data-js-words]')!.textContent,
              width: Number(cell.querySelector('rect')!.getAttribute('width')),
            })),
          ),
        )
        assert.equal(rows.length, 2)
        for (const { text, width } of rows.flat()) {
          const [done, total] = text.split('/').map(Number)
          assert.ok(Math.abs(width - (100 * done!) / total!) < 0.01, `${text}: ${width}`)
        }
        const sums = rows.map((cells) => cells.reduce((sum, { text }) => sum + Number(text.split('/')[0]), 0))
        assert.deepEqual(sums, [2, 2])
      })

      await t.test('the copy and the file for Word say the same', async () => {
        await press(page, '[data-js-copy]')
        const copied = await nextCopy(page)
        assert.equal(squeezed(copied), squeezed(await shown()))
        await press(page, '[data-js-word]')
        const { bytes: file } = await nextFile(page)
        if (browserName === 'Firefox') return
        const { 'comparison.docx': read } = await convert({ 'comparison.docx': file }, 'txt:Text (encoded):UTF8')
        for (const words of [hostile, '監査の前 <i>=2</i>', '対応済みから対応中へ'])
          assert.ok(String(read).includes(words), words)
      })

      await t.test('on paper stands the document alone', async () => {
        const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })), {
          verbosity: 0,
        })
        const { text } = await extractText(pdf, { mergePages: true })
        assert.equal(pdf.numPages, 1)
        // Chromium adds the number of the page.
        const printed = squeezed(text).normalize('NFKC').replace(/^1\/1/, '')
        assert.match(printed, /^前との比較会社名/)
        assert.match(printed, /対応済みから対応中へ/)
        assert.doesNotMatch(printed, /今の状態を残す|ファイルと比べる/)
      })

      await t.test('a file is compared, and goes into no record', async () => {
        const before = await contents(page, where)
        const old = { ...company(hostile), answers: { [kept]: given('doing'), [doing]: given('done') } }
        await press(page, 'details:has(open-file) summary')
        await choose(
          page,
          folder,
          JSON.stringify({ format: 1, companies: { other: company('別の会社'), x: old }, current: 'x', at: {} }),
        )
        await eventually('file', async () => (await chosen(page)) === `ファイル「file.json」の「${hostile}」`)
        assert.deepEqual(await listed('done'), [`${await title(page, kept)} 対応中から対応済みへ`])
        assert.deepEqual(await listed('undone'), [])
        await page.select('[data-js-with]', '\nother')
        await eventually('other company', async () => /別の会社/.test(await shown()))
        assert.equal(await contents(page, where), before)
        await page.goto(`${site.root}workspace.html`)
        await page.waitForSelector('.record')
        assert.equal((await page.$$('.record')).length, 1)
      })

      await t.test('a table is compared as a file is', async () => {
        await openCompare()
        await press(page, 'details:has(open-file) summary')
        const [number, ...words] = (await title(page, doing)).split(' ')
        const csv = `\ufeffNo.,対策,状態\r\n${number},${words.join(' ')},未対応\r\n99-9,知らない対策,対応済み\r\n`
        await choose(page, folder, csv, 'file.csv')
        await eventually('table', async () => (await chosen(page)).startsWith('ファイル「file.csv」の'))
        assert.deepEqual((await listed('done'))[0], `${await title(page, kept)} 未対応から対応済みへ`)
        assert.ok((await listed('done')).includes(`${await title(page, doing)} 未対応から対応済みへ`))
        assert.match(await textOf(page, 'open-file [data-js-troubles]'), /比べません。3行目: /)
        await choose(page, folder, await readFile(join(siteDir, `download/${method}.xlsx`)), 'file.xlsx')
        await eventually('workbook', async () => (await chosen(page)).startsWith('ファイル「file.xlsx」の'))
        assert.ok((await listed('done')).includes(`${await title(page, doing)} 未対応から対応済みへ`))
        assert.equal(await isVisible(page, 'open-file [data-js-troubles]'), false)
        await choose(page, folder, 'a,b\n1,2\n', 'list.csv')
        await eventually('fault', async () =>
          (await textOf(page, 'open-file > [data-js-error]')).startsWith(
            'このファイルには、チェックリストの表がありません。',
          ),
        )
      })

      await t.test('a locked file asks for its passphrase', async () => {
        await openCompare()
        await press(page, 'details:has(open-file) summary')
        const locked = await lock(
          JSON.stringify({ format: 1, companies: { x: company('鍵の会社') }, current: 'x', at: {} }),
          'correct horse',
        )
        assert.ok('text' in locked)
        await choose(page, folder, locked.text)
        await page.waitForSelector('[data-js-unlock]', { visible: true })
        await page.type('#load-pass', 'wrong')
        await press(page, '[data-js-unlock] [type="submit"]')
        await eventually(
          'fault',
          async () =>
            (await textOf(page, '[data-js-unlock] [data-js-error]')) === 'パスワードが違うか、ファイルが壊れています。',
        )
        await page.$eval('#load-pass', (field) => void ((field as HTMLInputElement).value = ''))
        await page.type('#load-pass', 'correct horse')
        await press(page, '[data-js-unlock] [type="submit"]')
        await eventually('file', async () => (await chosen(page)) === 'ファイル「file.json」の「鍵の会社」')
      })

      await t.test('a bad file is told of, and the comparison before comes back', async () => {
        for (const [content, want] of [
          ['', 'このファイルは空です。'],
          ['こんにちは', 'このファイルは、このサイトで保存した記録ではありません。'],
          [
            '{"format":1,"companies":{"x":{"methods":1}}}',
            'このファイルの中身は、正しい形ではありません（companies.x.methods）。書き換えられたか、壊れています。',
          ],
          [
            '{"format":99}',
            'このファイルは、新しい版のてびきで保存したものです。新しい版を開いて、読み込んでください。',
          ],
        ] as const) {
          await choose(page, folder, content)
          await eventually(want, async () => (await textOf(page, 'open-file > [data-js-error]')) === want)
        }
        assert.match(await chosen(page), /監査の前/)
        assert.equal(await isVisible(page, '[data-js-unlock]'), false)
      })

      await t.test('a state is renamed, erased and brought back', async () => {
        await press(page, 'kept-states summary')
        await press(page, '[data-js-open-rename]')
        await page.$eval('[data-js-rename] input', (input) => void ((input as HTMLInputElement).value = ''))
        await page.type('[data-js-rename] input', '上期')
        await page.keyboard.press('Enter')
        await eventually('name', async () => /日 上期$/.test((await states())[0] ?? ''))
        await press(page, '[data-js-erase]')
        await eventually('no state', async () => (await states()).length === 0)
        assert.equal(await isVisible(page, '[data-js-nothing]'), true)
        assert.match(await page.evaluate(() => document.activeElement!.textContent), /元に戻す/)
        await page.keyboard.press('Enter')
        await eventually('state', async () => /日 上期$/.test((await states())[0] ?? ''))
        await saved(page)
        await openCompare()
        await eventually('state', async () => /日 上期$/.test((await states())[0] ?? ''))
      })

      await t.test('a state that is as it is now gives way to the one before', async () => {
        await page.type('[data-js-keep-state] input', '今')
        await press(page, '[data-js-keep-state] button')
        await eventually('state', async () => (await states()).length === 2)
        await saved(page)
        await openCompare()
        await eventually('comparison', async () => (await listed('done')).length > 0)
        assert.match(await chosen(page), /日 上期$/)
        // Who asks for it can have it.
        await page.select('[data-js-with]', await page.$eval('[data-js-with] option', (option) => option.value))
        await eventually('state of now', async () =>
          /^変わった対策はありません。/.test(await textOf(page, '[data-js-counts]')),
        )
      })

      await t.test('everyone can use it', async () => {
        await press(page, 'kept-states summary')
        await press(page, '[data-js-open-rename]')
        await expectUsable(page, browserName === 'Chromium')
      })
      expectNoFaults(faults, where)
    })
  }
})

forEachBrowser('there is room for so many states', async (browser) => {
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  await page.goto(`${site.root}index.html`)
  const text = (n: number) => `2026-01-${String(n + 1).padStart(2, '0')}T00:00:00.000Z ${method}\n\n${kept} done 1`
  const full = {
    ...company('A'),
    ...Object.fromEntries(Array.from({ length: 24 }, (_, n) => [`snapshot.${n}`, text(n)])),
  }
  await page.evaluate(
    (text) => localStorage.setItem('tebiki', text),
    JSON.stringify({ format: 1, companies: { first: full }, current: 'first', at: {} }),
  )
  await page.goto(`${site.root}show/compare.html`)
  await page.waitForSelector('[data-js-full]', { visible: true })
  assert.equal(await isVisible(page, '[data-js-keep-state]'), false)
  await press(page, 'kept-states summary')
  await press(page, '[data-js-erase]')
  await page.waitForSelector('[data-js-keep-state]', { visible: true })
})

/** Two who are half done, and one who has not begun. */
const clients = {
  a: {
    ...company('山田商事'),
    answers: {
      [kept]: given('done'),
      'account-review': given('done', { checked: '2026-01-05' }),
      [undone]: given('doing', { due: '2026-01-05' }),
      [note]: given('todo', { note: hostile }),
      [doing]: given('doing', { due: '2099-01-05' }),
    },
  },
  b: {
    ...company(`=HYPERLINK("http://example.com") ${hostile}`),
    methods: [method, 'employee-cloud'],
    answers: { [kept]: given('done'), [doing]: given('done'), [undone]: given('done') },
  },
  c: { ...company('会社10'), methods: [] },
}

forEachBrowser('companies side by side', async (browser, t, browserName) => {
  const folder = await temporaryFolder(t)
  for (const [where, open] of editionsOf('companies', browserName)) {
    await t.test(where, async (t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await keepWhatLeaves(page)
      await load(page, site.root, folder, clients)
      await Promise.all([
        page.waitForNavigation(),
        page.$eval('a[href$="show/companies.html"]', (link) => (link as HTMLElement).click()),
      ])
      await page.waitForSelector('company-table tbody tr')
      const rows = async () =>
        page.$$eval('company-table tbody tr', (rows) =>
          rows.map((row) =>
            [...(row as HTMLTableRowElement).cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim()),
          ),
        )
      const names = async () => (await rows()).map(([name]) => name)
      const [first, second, third] = [clients.a.name, clients.b.name, clients.c.name]

      await t.test('each row says what the company has answered', async () => {
        const all = await rows()
        assert.deepEqual(
          all.map(([name]) => name),
          [first, second, third],
        )
        const done = (row: string[]) => row.slice(2, -7).reduce((sum, figure) => sum + Number(figure.split('/')[0]), 0)
        const total = (row: string[]) => row.slice(2, -7).reduce((sum, figure) => sum + Number(figure.split('/')[1]), 0)
        assert.deepEqual(all.slice(0, 2).map(done), [2, 3])
        assert.deepEqual(
          all.map((row) => row.slice(-6, -2)),
          [
            ['4', '1', '1', '0'],
            ['4', '0', '0', '0'],
            ['－', '－', '－', '－'],
          ],
        )
        assert.deepEqual(
          all.slice(0, 2).map((row) => total(row) - Number(row.at(-7))),
          [5, 3],
          'all that was answered',
        )
        assert.deepEqual(
          all.map((row) => row.at(-2)),
          ['2099年1月5日', '－', '－'],
        )
        assert.deepEqual(
          all.map((row) => row.at(-1)),
          ['2026年11月1日', '2026年11月1日', '－'],
        )
        assert.equal(
          all[1]![1]!.replace(/\s/g, ''),
          '①会社支給端末・VPN/リモートデスクトップ方式⑥従業員所有端末・会社非接続方式（クラウドサービス型）',
        )
      })

      await t.test('by each head it is sorted, one way and the other', async () => {
        const sorted = () =>
          page.$$eval('[aria-sort]', (heads) =>
            heads.map((head) => `${(head as HTMLElement).dataset.by} ${head.getAttribute('aria-sort')}`),
          )
        for (const [by, direction, want] of [
          ['name', 'ascending', [second, third, first]],
          ['name', 'descending', [first, third, second]],
          ['overdue', 'descending', [first, second, third]],
          ['overdue', 'ascending', [third, second, first]],
          ['methods', 'ascending', [third, first, second]],
          ['unanswered', 'descending', [second, first, third]],
          ['unanswered', 'ascending', [third, first, second]],
          // Who has no day comes last.
          ['next', 'ascending', [first, second, third]],
          ['next', 'descending', [second, third, first]],
          ['name', 'ascending', [second, third, first]],
          ['methods', 'ascending', [third, first, second]],
        ] as const) {
          await press(page, `[data-by="${by}"] button`)
          await eventually(`${by} ${direction}`, async () => (await sorted()).join() === `${by} ${direction}`)
          assert.deepEqual(await names(), want, `${by} ${direction}`)
        }
      })

      await t.test('as files it says the same, in the same order', async () => {
        const file = async (kind: 'workbook' | 'csv') => {
          await press(page, `[data-js-save][value="${kind}"]`)
          return Uint8Array.from((await nextFile(page)).bytes)
        }
        const [workbook, csv] = [await file('workbook'), await file('csv')]
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csv)
        assert.ok(text.startsWith('\ufeff会社名,方式,'))
        assert.doesNotMatch(text.replaceAll('\r\n', '').replace(/"[^"]*"/g, ''), /[\r\n]/)
        assert.ok(text.includes(`"'=HYPERLINK(""http://example.com"") ${hostile}"`), text)
        const [table] = [...readCsv(csv)]
        const length = table![0]!.cells.length
        const cells = (rows: { cells: { text: string }[] }[]) =>
          rows.map(({ cells }) => Array.from({ length }, (_, column) => cells[column]?.text ?? ''))
        const [sheet] = await readWorkbook(workbook)
        const said = cells(sheet!)
        assert.deepEqual(
          said,
          cells(table!).map((row) => row.map((cell) => cell.replace(/^'/, ''))),
        )
        assert.deepEqual(
          said.map(([name]) => name),
          ['会社名', third, first, second],
        )
        assert.deepEqual(
          said.map((row) => row.at(-2)),
          ['次の期限', '', '2099-01-05', ''],
        )
        assert.deepEqual(said[0]!.slice(-7, -2), [
          'まだ答えていない',
          '残っている危険',
          '期限切れ',
          '繰り返しの遅れ',
          'もう一度確認',
        ])
        assert.deepEqual(
          said.map((row) => row.at(-1)),
          ['最後に変えた日', '', '2026-11-01', '2026-11-01'],
        )
        const numbers = sheet!.at(-1)!.cells.filter((cell) => cell.number !== undefined)
        assert.equal(numbers.length, length - 3, 'numbers and days of the last row')
        if (browserName === 'Firefox') return
        const { 'companies.xlsx': read } = await convert({ 'companies.xlsx': workbook }, csvOfFirstSheet)
        const [opened] = [...readCsv(Uint8Array.from(read!))]
        assert.deepEqual(cells(opened!), said)
        const { 'companies.xlsx': flat } = await convert({ 'companies.xlsx': workbook }, 'fods')
        assert.match(String(flat), /office:value-type="date" office:date-value="2026-11-01"/)
        assert.match(String(flat), /<table:database-range [^>]*table:display-filter-buttons="true"/)
        assert.doesNotMatch(String(flat), /table:formula/)
      })

      await t.test('a name leads to the comparison of that company', async () => {
        await Promise.all([
          page.waitForNavigation(),
          page.$eval('company-table tbody tr:last-child a', (link) => (link as HTMLElement).click()),
        ])
        await eventually('company', async () => (await textOf(page, 'company-line [data-js-name]')) === second)
        await page.goto(`${site.root}show/companies.html`)
        await page.waitForSelector('company-table tbody tr')
      })

      await t.test('everyone can use it', async () => {
        await press(page, '[data-by="overdue"] button')
        // Where the table is scrolled to, a column lies half behind the one that stays.
        await page.$eval('.companies', (part) => part.scrollTo(0, 0))
        await expectUsable(page, browserName === 'Chromium')
      })
      expectNoFaults(faults, where)
    })
  }
})

forEachBrowser('a thousand companies leave the page usable', async (browser) => {
  await using site = await serve(siteDir)
  const { page, faults } = await openPage(browser, site.root)
  await keepWhatLeaves(page)
  await page.goto(`${site.root}index.html`)
  const all = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [
      `c${n}`,
      {
        ...company(`会社${n}`),
        answers: { [kept]: given('done'), ...(n === 777 && { [undone]: given('todo', { due: '2026-01-01' }) }) },
        made: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
      },
    ]),
  )
  await page.evaluate(
    (text) => localStorage.setItem('tebiki', text),
    JSON.stringify({ format: 1, companies: all, current: 'c0', at: {} }),
  )
  await page.goto(`${site.root}show/companies.html`)
  await page.waitForSelector('company-table tbody tr')
  const count = () => page.$$eval('company-table tbody tr', ({ length }) => length)
  assert.equal(await count(), 100)
  assert.equal(await textOf(page, '[data-js-more-button]'), '続きを表示する（残り900社）')
  await press(page, '[data-by="overdue"] button')
  await eventually('order', async () => (await textOf(page, 'company-table tbody tr a')) === '会社777')
  await press(page, '[data-js-more-button]')
  await eventually('more', async () => (await count()) === 200)
  assert.equal(await page.evaluate(() => document.activeElement!.textContent), '会社99')
  await press(page, '[data-js-save][value="csv"]')
  const lines = (await nextFile(page)).bytes.toString().split('\r\n')
  assert.equal(lines.length, 1002)
  expectNoFaults(faults, 'companies.html')
})

forEachBrowser('where pages do not know of each other, that is said', async (browser) => {
  await using site = await unzip(siteDir)
  await rm(fileURLToPath(`${site.root}hub.html`))
  const { page } = await openPage(browser, site.root)
  await page.goto(`${site.root}checklists/${method}.html`)
  await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
  await page.$eval(`[name="status-${kept}"][value="done"]`, (radio) => (radio as HTMLInputElement).click())
  await eventually('answer', () =>
    page.$eval(`[data-measure="${kept}"]`, (row) => (row as HTMLElement).dataset.status === 'done'),
  )
  await Promise.all([page.waitForNavigation(), page.$eval('show-link a', (link) => (link as HTMLElement).click())])
  const link = 'a[href*="show/compare.html"]'
  await eventually('address with answers', () =>
    page.$eval(link, (link) => (link as HTMLAnchorElement).hash.includes('share=')),
  )
  await Promise.all([page.waitForNavigation(), page.$eval(link, (link) => (link as HTMLElement).click())])
  await page.waitForSelector('[data-js-copied]', { visible: true })
  assert.equal(await isVisible(page, '[data-js-keep-state]'), false)
  await page.goto(`${site.root}show/companies.html`)
  await page.waitForSelector('[data-js-alone]', { visible: true })
})

type Answers = Record<string, object>

function company(name: string): { name: string; methods: string[]; answers: Answers; at: object; made: string } {
  const time = '2026-11-01T03:00:00.000Z'
  return { name, methods: [method], answers: {}, at: { name: time }, made: time }
}

function given(status: string, more: Record<string, string> = {}): object {
  const fields = { status, revision: 9, ...more }
  return { ...fields, at: Object.fromEntries(Object.keys(fields).map((field) => [field, '2026-11-01T03:00:00.000Z'])) }
}

/** Loads a file of companies on the page for that. */
async function load(page: Page, root: string, folder: string, companies: object): Promise<void> {
  await page.goto(`${root}workspace.html`)
  await page.waitForSelector('#load-input')
  await choose(page, folder, JSON.stringify({ format: 1, companies, current: Object.keys(companies)[0], at: {} }))
  await press(page, '[data-js-preview] [type="submit"]')
  await page.waitForSelector('load-file [data-js-result]:not([hidden])')
  await saved(page)
}

async function choose(page: Page, folder: string, content: string | Uint8Array, name = 'file.json'): Promise<void> {
  const file = join(folder, name)
  await writeFile(file, content)
  const input = (await page.$('#load-input')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(file)
}

/** Answers a checklist by hand. */
async function answer(
  page: Page,
  root: string,
  statuses: Record<string, string>,
  notes: Record<string, string> = {},
): Promise<void> {
  await page.goto(`${root}checklists/${method}.html`)
  await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
  for (const [measure, status] of Object.entries(statuses))
    await page.$eval(`[name="status-${measure}"][value="${status}"]`, (radio) => (radio as HTMLInputElement).click())
  for (const [measure, text] of Object.entries(notes))
    await page.$eval(
      `[data-slug="${measure}"] [name="note"]`,
      (field, text) => {
        ;(field as HTMLTextAreaElement).value = text
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
      },
      text,
    )
  await saved(page)
}

/** What the page's record holds, as far as a test can see it. */
async function contents(page: Page, where: string): Promise<string | null> {
  return where === 'unzipped' ? null : page.evaluate(() => localStorage.getItem('tebiki'))
}

/** The number and the title of a measure. */
async function title(page: Page, measure: string): Promise<string> {
  return page.evaluate((measure) => {
    const { content } = document.querySelector<HTMLTemplateElement>('template[data-js-catalogue]')!
    const item = content.querySelector<HTMLElement>(`[data-js-measure="${measure}"]`)!
    return `${item.dataset.number} ${item.textContent.trim()}`
  }, measure)
}

async function chosen(page: Page): Promise<string> {
  return page.$eval('[data-js-with]', (select) => (select as HTMLSelectElement).selectedOptions[0]?.textContent ?? '')
}

async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim())
}

function isVisible(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (element) => element.checkVisibility())
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/**
 * axe finds nothing, and nothing lies beside the page, on a phone and on a desk; in Chromium, which can
 * be asked for a scheme, by day and by night, and the focus is seen.
 */
async function expectUsable(page: Page, isChromium: boolean): Promise<void> {
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 900 })
    for (const scheme of isChromium ? ['light', 'dark'] : ['light']) {
      if (isChromium) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      const found = [
        ...(await axeFindings(page)),
        ...(await sidewaysFindings(page)),
        ...(isChromium ? await focusFindings(page) : []),
      ]
      assert.deepEqual(found, [], `${width} ${scheme}`)
    }
  }
  await page.setViewport({ width: 1280, height: 900 })
}

function squeezed(text: string): string {
  return text.replace(/[\s・]+/g, '')
}
