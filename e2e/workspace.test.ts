// The page of the companies, as readers use it: companies made and deleted, files saved and loaded,
// copies shown.
import { Ajv2020 } from 'ajv/dist/2020.js'
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import type { BrowserContext, ElementHandle, Page } from 'puppeteer-core'
import { anotherReader, eventually, expectNoFaults, openPage, press, until } from './browser.ts'
import { viewFindings } from './findings.ts'
import { sideBySide } from './side-by-side.ts'
import { editions, serve, siteDir, type Site } from './site.ts'

const hostile: [name: string, content: string | Buffer, want: RegExp][] = [
  ['an empty file', '', /^このファイルは空です。$/],
  ['text', 'こんにちは', /^このファイルは、このサイトで保存した記録ではありません。$/],
  ['a page', '<!doctype html><script>alert(1)</script>', /^このファイルは、このサイトで保存した記録ではありません。$/],
  ['half a file', '{"format":1,"companies":{', /^このファイルは、このサイトで保存した記録ではありません。$/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]), /^このファイルの文字を読めません。/],
  [
    'Shift_JIS',
    Buffer.from([0x7b, 0x22, 0x83, 0x65, 0x83, 0x58, 0x83, 0x67, 0x22, 0x3a, 0x31, 0x7d]),
    /^このファイルの文字を読めません。/,
  ],
  [
    'half of UTF-16',
    Buffer.concat([Buffer.from('\ufeff{"format":', 'utf16le'), Buffer.from([0x31])]),
    /^このファイルの文字を読めません。/,
  ],
  ['a list', '[]', /^このファイルは、このサイトで保存した記録ではありません。$/],
  ['another JSON', '{"name":"package"}', /^このファイルは、このサイトで保存した記録ではありません。$/],
  [
    'a wrong type',
    '{"format":1,"companies":{"a":{"answers":{"b":{"status":"finished"}}}}}',
    /正しい形ではありません（companies\.a\.answers\.b\.status）/,
  ],
  [
    'the year 99999',
    '{"format":1,"companies":{"a":{"answers":{"b":{"due":"99999-01-01"}}}}}',
    /正しい形ではありません（companies\.a\.answers\.b\.due）/,
  ],
  [
    'a time of the year 99999',
    '{"format":1,"companies":{"a":{"at":{"name":"+099999-01-01T00:00:00.000Z"}}}}',
    /正しい形ではありません（companies\.a\.at\.name）/,
  ],
  ['a later format', '{"format":2}', /^このファイルは、新しい版のてびきで保存したものです。/],
  ['deep nesting', `{"format":1,"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /^このファイルは入り組みすぎていて/],
  ['6 MB', `{"format":1,"x":"${'x'.repeat(6_000_000)}"}`, /^このファイルは大きすぎます。/],
  ['100 MB', Buffer.alloc(100_000_000, ' '), /^このファイルは大きすぎます。/],
  [
    '10,000 companies',
    JSON.stringify({
      format: 1,
      companies: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, {}])),
    }),
    /^このファイルは大きすぎます。/,
  ],
]

sideBySide((test, browserName) => {
  for (const [where, open] of editions) {
    test(`companies are made, named, switched, deleted and brought back ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openWorkspace(browser, site)
      assert.deepEqual(await companies(page), [])
      assert.equal(await isVisible(page, '#save'), false, 'saving, with nothing to save')

      await addCompany(page, '　山田  商事 ')
      await addCompany(page, '支店')
      await addCompany(page, '支店')
      assert.deepEqual(await companies(page), ['山田 商事', '支店', '支店（2）*'])
      await page.type('#new-company', ' ')
      await press(page, 'company-list .add-company [type="submit"]')
      assert.equal(await textOf(page, '#new-company-error'), '会社の名前を書いてください。')

      const second = record(2)
      await press(page, `${second} [data-js-switch]`)
      assert.deepEqual(await companies(page), ['山田 商事', '支店*', '支店（2）'])
      assert.equal(await textOf(page, 'company-list [data-js-message]'), '「支店」に切り替えました。')

      await press(page, `${second} [data-js-open-rename]`)
      await page.keyboard.type(`大阪${'あ'.repeat(100)}`)
      await page.keyboard.press('Enter')
      const long = `大阪${'あ'.repeat(78)}`
      assert.deepEqual(await companies(page), ['山田 商事', `${long}*`, '支店'])
      await press(page, `${second} [data-js-open-rename]`)
      await page.keyboard.type('x')
      await page.keyboard.press('Escape')
      assert.deepEqual(await companies(page), ['山田 商事', `${long}*`, '支店'])
      assert.equal(
        await page.evaluate(() => document.activeElement?.hasAttribute('data-js-open-rename')),
        true,
        'the focus after Escape',
      )

      await press(page, `${second} [data-js-delete]`)
      assert.deepEqual(await companies(page), ['山田 商事*', '支店'])
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), '元に戻す')
      await page.keyboard.press('Enter')
      assert.deepEqual(
        await companies(page),
        ['山田 商事', `${long}*`, '支店'],
        'the deleted company is back as the current one',
      )

      // A method's link leads to the checklist of the company it stands at.
      await press(page, `${record(1)} summary`)
      await press(page, `${record(1)} .record__choices label`)
      const link = await page.waitForSelector(`${record(1)} .record__method a`)
      const target = await link?.evaluate((element) => (element as HTMLAnchorElement).href)
      await press(page, `${record(1)} .record__method a`)
      await page.waitForFunction(
        (target) =>
          location.href === target && document.querySelector('[data-js-company]')?.textContent === '山田 商事',
        {},
        target,
      )
      await page.waitForSelector('answer-box input')
      await page.evaluate(() => document.querySelector<HTMLInputElement>('[data-group] input[value="done"]')?.click())
      await page.waitForFunction(() => document.querySelector('save-state')?.textContent.includes('保存しました'))

      await page.goto(`${site.root}workspace.html`)
      await page.waitForSelector('.record')
      assert.deepEqual(await companies(page), ['山田 商事*', long, '支店'])
      assert.match(await textOf(page, `${record(1)} .figures`), /件中 1件 対応済み/)
      assert.match(await textOf(page, `${record(1)} [data-js-changed]`), /^最後に変えた日 \d{4}年\d+月\d+日$/)
      expectNoFaults(faults, 'workspace.html')
    })

    test(`each tab stays with its company ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page: one, faults } = await openWorkspace(browser, site)
      await addCompany(one, 'A社')
      await addCompany(one, 'B社')
      for (const n of [1, 2]) {
        await press(one, `${record(n)} summary`)
        await press(one, `${record(n)} .record__choices label`)
      }
      const hrefs = await one.$$eval('.record__method a', (links) =>
        links.map((link) => (link as HTMLAnchorElement).href),
      )
      // As from the menu that opens a link in a new tab.
      const two = await browser.newPage()
      const goTo = async (page: Page, url: string) => {
        await page.goto(url)
        await page.waitForSelector('check-list[data-ready]')
      }
      const answer = async (page: Page, n: number, status: string) => {
        await page.bringToFront()
        await page.evaluate(
          (n, status) =>
            document.querySelectorAll('answer-box')[n]?.querySelector<HTMLInputElement>(`[value="${status}"]`)?.click(),
          n,
          status,
        )
        await page.waitForFunction(() => document.querySelector('save-state')?.textContent.includes('保存しました'))
      }
      await goTo(one, hrefs[1]!)
      await goTo(two, hrefs[0]!)
      for (const [page, name] of [
        [one, 'B社'],
        [two, 'A社'],
      ] as const) {
        for (const place of ['company-line [data-js-name]', 'save-state [data-js-company]'])
          await eventually(`${name} in ${place}`, async () => (await textOf(page, place)) === name)
      }
      await answer(two, 0, 'done')
      await answer(one, 1, 'doing')
      assert.equal(await textOf(one, 'company-line [data-js-name]'), 'B社', 'after another tab turned to A社')
      await one.goto(`${site.root}workspace.html`)
      // What the other tab has stored comes in its own time.
      await until(
        one,
        'the answer of the other tab',
        (record) => document.querySelector(`${record} .figures`)?.textContent.includes('件中 1件 対応済み') ?? false,
        record(1),
      )
      assert.deepEqual(await companies(one), ['A社*', 'B社'])
      const answers = Object.values(contents((await save(one)).text)).map(
        ({ name, answers }) =>
          `${name} ${Object.values(answers)
            .map(({ status }) => status)
            .join()}`,
      )
      assert.deepEqual(answers.sort(), ['A社 done', 'B社 doing'])
      expectNoFaults(faults, 'workspace.html')
    })

    test(`a file brings everything back, locked or not ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const folder = await temporaryFolder(t)
      const { page, faults } = await openWorkspace(browser, site)
      await loadText(page, folder, serialized({ first: yamada, b: suzuki }))
      await apply(page)
      const before = await save(page)
      await expectSchema(before.text)
      assert.match(
        await textOf(page, '[data-js-file]'),
        /会社のどこが弱いかが分かります/,
        'the warning beside the button',
      )
      assert.match(before.name, /^tebiki-\d{4}-\d\d-\d\d\.json$/)

      await press(page, '[data-js-ask]')
      await press(page, 'erase-all [data-js-cancel]')
      await page.waitForFunction(() => document.activeElement?.hasAttribute('data-js-ask'))
      assert.equal((await companies(page)).length, 2, 'after the reader thought better of it')
      await erase(page)
      assert.deepEqual(await companies(page), [])
      await press(page, 'erase-all [data-js-undo]')
      assert.deepEqual(
        contents((await save(page)).text),
        contents(before.text),
        'after all was erased and brought back',
      )

      await erase(page)
      await page.waitForSelector('[data-js-erased]:not([hidden])')
      await reload(page)
      assert.deepEqual(await companies(page), [], 'after all was erased and the page was left')
      await loadText(page, folder, before.text)
      await apply(page)
      assert.deepEqual(contents((await save(page)).text), contents(before.text), 'after all was erased and loaded')

      await page.select('#save-company', 'b')
      const one = await save(page)
      assert.match(one.name, /^tebiki-鈴木工業-\d{4}-\d\d-\d\d\.json$/)
      assert.deepEqual(Object.keys(contents(one.text)), ['b'])
      await page.select('#save-company', '')

      await press(page, 'save-file [name="lock"]')
      for (const [passphrase, again, want] of [
        ['short', 'short', 'パスワードは、8文字以上にしてください。'],
        ['correct horse', 'correct house', '二つのパスワードが違います。もう一度書いてください。'],
      ] as const) {
        await fill(page, '#save-pass', passphrase)
        await fill(page, '#save-again', again)
        await press(page, '[data-js-file] [type="submit"]')
        assert.equal(await textOf(page, '[data-js-file] [data-js-error]'), want)
      }
      await fill(page, '#save-again', 'correct horse')
      const locked = await save(page)
      await expectSchema(locked.text, '#/$defs/locked')
      for (const word of ['山田商事', 'antivirus', 'done'])
        assert.ok(!locked.text.includes(word), `got ${word} in the locked file, want none`)

      await erase(page)
      // An editor that was used to look into it has saved it in UTF-16.
      const again = Buffer.from(`\ufeff${locked.text}`, 'utf16le')
      await loadText(page, folder, again, '[data-js-unlock]:not([hidden])')
      assert.equal(await textOf(page, '[data-js-unlock] h3'), '「file.json」には、パスワードがかかっています')
      await fill(page, '#load-pass', 'wrong horse')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.querySelector('[data-js-unlock] [data-js-error]')?.textContent)
      assert.equal(
        await textOf(page, '[data-js-unlock] [data-js-error]'),
        'パスワードが違うか、ファイルが壊れています。',
      )
      assert.deepEqual(await companies(page), [])
      // Typed in full width, it is the same.
      await fill(page, '#load-pass', 'ｃorrect horse')
      await page.keyboard.press('Enter')
      await apply(page)
      await press(page, 'save-file [name="lock"]')
      assert.deepEqual(contents((await save(page)).text), contents(before.text), 'after the locked file was loaded')
      expectNoFaults(faults, 'workspace.html')
    })

    test(`a copy in a link is shown and kept nowhere ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const folder = await temporaryFolder(t)
      const { page } = await openWorkspace(browser, site)
      await loadText(page, folder, serialized({ first: dated }))
      await apply(page)
      assert.equal(
        await textOf(page, `${record(1)} [data-js-due]`),
        '期限を過ぎた対策が1件あります。次の期限は9998年1月1日です。',
      )
      const share = async () => {
        await press(page, 'share-link [type="submit"]')
        await page.waitForSelector('[data-js-link]:not([hidden])')
        return page.$eval('#share-url', (input) => (input as HTMLInputElement).value)
      }
      const bare = await share()
      await press(page, 'share-link [name="notes"]')
      assert.equal(await isVisible(page, '#share-url'), false, 'the link, after another choice')
      const full = await share()
      assert.ok(bare.startsWith(`${site.root}workspace.html#share=`), `got ${bare}`)
      assert.equal(
        await isVisible(page, '[data-js-local]'),
        where === 'unzipped',
        'the warning that a folder is nobody else’s',
      )

      const stranger = await anotherReader(browser, site)
      const { page: other, faults } = await openPage(stranger, site.root)
      const requests: string[] = []
      // The browser keeps the fragment of an address to itself; puppeteer tells it.
      other.on('request', (request) => requests.push(request.isNavigationRequest() ? '' : request.url()))
      await other.goto(full)
      await other.waitForSelector('.copy')
      assert.equal(await textOf(other, '#copy'), '山田商事の進み具合')
      assert.match(await other.title(), /^山田商事の進み具合 \d{4}-\d\d-\d\d｜/)
      const checklist = await readFile(join(siteDir, 'checklists/company-vpn.html'), 'utf8')
      const left = checklist.split('data-measure="').length - 2
      assert.deepEqual(
        await other.$$eval('main :is(h1, h2)', (headings) =>
          headings.filter((heading) => heading.checkVisibility()).map(({ textContent }) => textContent.trim()),
        ),
        ['山田商事の進み具合', `終わっていない対策 ${left}件`, '終わった対策と対象外 1件'],
        'what the copy opens with',
      )
      assert.equal(await textOf(other, '[data-js-due]'), '期限を過ぎた対策が1件あります。次の期限は9998年1月1日です。')
      const [top = ''] = await other.$$eval('.copy tbody tr', (rows) =>
        rows.map(({ textContent }) => textContent.replace(/\s+/g, '')),
      )
      assert.match(top, /^◎9-2多要素認証を付ける期限を過ぎています/, 'the overdue one comes first')
      assert.deepEqual(
        await other.$$eval('.copy a.address', (links) =>
          links.map((link) => [(link as HTMLAnchorElement).href, (link as HTMLAnchorElement).rel]),
        ),
        [['https://example.jp/a', 'noopener noreferrer']],
      )
      assert.match(await textOf(other, '[data-js-made]'), /^写しを作った日 \d{4}年\d+月\d+日$/)
      assert.match(await rowOf(other, 'antivirus'), /対応済み/)
      assert.match(
        await rowOf(other, 'antivirus'),
        /担当佐藤.*メモ<script>alert\(1\)<\/script>（https:\/\/example.jp\/a）/,
      )
      assert.match(await rowOf(other, 'backup'), /対応中/)
      assert.equal((await other.$$('.copy script, shared-copy input, shared-copy select')).length, 0)
      assert.equal(await other.evaluate(() => localStorage.length), 0, 'what a copy has stored')
      assert.ok(
        requests.every((url) => !url.includes(full.split('#')[1]!.slice(0, 40))),
        'the copy in a request',
      )

      await other.goto('about:blank')
      await other.goto(bare)
      await other.waitForSelector('.copy')
      assert.match(await rowOf(other, 'antivirus'), /対応済み/)
      assert.doesNotMatch(await other.$eval('shared-copy', (copy) => copy.textContent), /佐藤<|script/)
      const fragment = full.slice(full.indexOf('#') + 1)
      for (const [broken, want] of [
        ['share', 'リンクの終わりが切れています。'],
        ['share=!', 'リンクの終わりが切れています。'],
        [fragment.slice(0, -40), 'リンクの終わりが切れています。'],
        [`${fragment.slice(0, -40)}${'A'.repeat(40)}`, 'リンクの途中が変わっています。'],
      ] as const) {
        await other.goto('about:blank')
        await other.goto(`${site.root}workspace.html#${broken}`)
        await other.waitForSelector('[data-js-broken]:not([hidden])')
        assert.equal(await textOf(other, '[data-js-fault]:not([hidden])'), want)
        assert.equal(await isVisible(other, '.copy'), false)
        assert.equal(await isVisible(other, 'company-list'), false, 'the reader’s own records in its place')
      }
      // What mail and chat programs do to a link does not hide the copy.
      for (const changed of [
        `${full}。`,
        `${full}).`,
        `${full}%20`,
        `${full}&utm_source=mail`,
        `${full}&amp;utm_source=mail`,
        full.replace('#share=', '#share%3D'),
        full.replace(/(.{300})/, '$1%0D%0A'),
        full.replace('workspace.html#', 'workspace.html?utm_source=mail#'),
        ...(where === 'on the web' ? [full.replace('#', '%23'), full.replace('#share=', '%23share%3D')] : []),
      ]) {
        await other.goto('about:blank')
        await other.goto(changed)
        await until(
          other,
          `the copy of ${changed}`,
          () => document.querySelector('#copy')?.textContent === '山田商事の進み具合',
        )
        assert.equal(await isVisible(other, '[data-js-broken]'), false, changed)
        // Nor does going to an anchor.
        await other.evaluate(() => document.querySelector<HTMLElement>('.skip-link')?.click())
        await until(other, 'the anchor', () => location.hash === '#main')
        assert.equal(await isVisible(other, '.copy'), true, 'the copy, after its text was gone to')
      }
      await other.goto('about:blank')
      await other.goto(`${site.root}workspace.html#${firstForm(yamada)}`)
      await other.waitForSelector('.copy')
      assert.equal(await textOf(other, '[data-js-made]'), '写しを作った日 2026年11月1日', 'a link of the first form')
      // A server without the page is asked for it once, when the # was encoded.
      faults.splice(0, faults.length, ...faults.filter((fault) => !/%23share/.test(fault)))
      expectNoFaults(faults, full)

      // The reader who has answers of their own still has them.
      const before = await save(page)
      await page.goto('about:blank')
      await page.goto(full)
      await page.waitForSelector('.copy')
      await page.evaluate(() => document.querySelector<HTMLElement>('.copy__about a')?.click())
      await page.waitForSelector('.record')
      assert.deepEqual(contents((await save(page)).text), contents(before.text))
    })

    test(`two people's files are joined as the reader chooses ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const folder = await temporaryFolder(t)
      const { page, faults } = await openWorkspace(browser, site)
      await loadText(page, folder, serialized({ first: yamada }))
      await apply(page)

      const colleague = structuredClone(yamada)
      Object.assign(colleague.answers, {
        antivirus: { status: 'doing', note: '2台はまだ', at: { status: time(1), note: time(9) } },
        backup: { status: 'done', at: { status: time(9) } },
        'multi-factor': { status: 'na', reason: 'なし', at: { status: time(9) } },
        unheard: { note: 'この版にない', at: { note: time(9) } },
      })
      await drop(page, serialized({ first: colleague, b: suzuki }))
      await page.waitForSelector('[data-js-preview]:not([hidden])')
      assert.match(await textOf(page, '[data-js-preview] h3'), /取り込む前に/)
      assert.deepEqual(await previewed(page), [
        ['2-1 ウイルス対策ソフトを常に動かす', '両方で変わっています', 'both'],
        ['8-1 バックアップを取る', 'ファイルのほうが新しい', 'both'],
        ['9-2 多要素認証を付ける', 'ファイルだけにあります', 'theirs'],
        ['この版にない対策（unheard）', 'ファイルだけにあります', 'theirs'],
        ['2-1 ウイルス対策ソフトを常に動かす', 'ファイルだけにあります', 'theirs'],
      ])
      await page.select('[data-js-preview] tbody tr:nth-child(2) select', 'mine')
      const before = await save(page)
      assert.deepEqual(
        (await previewed(page)).map(([, , choice]) => choice),
        ['both', 'mine', 'theirs', 'theirs', 'theirs'],
        'what was chosen stays when something else is stored',
      )

      // All at once, then one otherwise.
      await page.select('[data-js-every]', 'mine')
      assert.deepEqual(
        (await previewed(page)).map(([, , choice]) => choice),
        ['mine', 'mine', 'mine', 'mine', 'mine'],
      )
      await page.select('[data-js-every]', 'both')
      assert.deepEqual(
        (await previewed(page)).map(([, , choice]) => choice),
        ['both', 'both', 'theirs', 'theirs', 'theirs'],
      )
      await page.select('[data-js-preview] tbody tr:nth-child(2) select', 'mine')
      await page.select('[data-js-preview] tbody tr:nth-child(3) select', 'mine')
      await apply(page)
      const joined = contents((await save(page)).text)
      assert.deepEqual(joined.first?.answers.antivirus, {
        status: 'done',
        note: '<script>alert(1)</script>\n2台はまだ',
        owner: '佐藤',
      })
      assert.deepEqual(joined.first?.answers.backup, { status: 'doing' })
      assert.equal(joined.first?.answers['multi-factor'], undefined)
      assert.deepEqual(joined.first?.answers.unheard, { note: 'この版にない' })
      assert.deepEqual(await companies(page), ['鈴木工業', '山田商事*'])

      await press(page, 'load-file [data-js-undo]')
      await page.waitForFunction(() =>
        document.querySelector('load-file [data-js-result]')?.textContent.includes('取り込む前に戻しました'),
      )
      assert.deepEqual(contents((await save(page)).text), contents(before.text))

      // A company can go elsewhere, or stay out.
      await loadText(page, folder, serialized({ first: { ...suzuki, name: '別の会社' } }))
      const target = '[data-js-target]'
      assert.equal(
        await page.$eval(target, (select) => (select as HTMLSelectElement).selectedOptions[0]?.textContent),
        '新しい会社として加える',
      )
      await page.select(target, '\n')
      assert.deepEqual(await previewed(page), [])
      await page.select(target, 'first')
      assert.equal((await previewed(page)).length, 2, 'the name and one measure')
      await page.select(target, '')
      await apply(page)
      assert.deepEqual(await companies(page), ['山田商事*', '別の会社'])
      const result = () => textOf(page, 'load-file [data-js-result] [data-js-text]')
      const left = () =>
        page.$$eval('load-file [data-js-left] li', (items) => items.map(({ textContent }) => textContent))
      await loadText(page, folder, before.text)
      await apply(page)
      assert.equal(await result(), 'ファイルにあるものは、すべてこの端末にありました。何も変えていません。')
      await loadText(page, folder, (await save(page)).text)
      await apply(page)
      assert.equal(await result(), 'ファイルの中身は、この端末の記録と同じでした。何も変えていません。')

      // It is not said to be the same when it was not, and what was not taken is named.
      const other = structuredClone(yamada)
      Object.assign(other.answers.backup, { status: 'done', at: { status: '8000-01-01T00:00:00.000Z' } })
      await loadText(page, folder, serialized({ first: other, b: suzuki }))
      assert.match(
        await textOf(page, '[data-js-future]:not([hidden])'),
        /^このファイルでは、1か所の変更の日時が未来になっています（いちばん先は8000年1月1日）/,
      )
      await page.select('[data-js-every]', 'mine')
      await page.select('[data-js-target][data-id="b"]', '\n')
      await apply(page)
      assert.equal(await result(), '何も変えていません。')
      assert.deepEqual(await left(), ['鈴木工業', '山田商事 8-1 バックアップを取る'])

      // Loading can be undone after the page was left, until the reader wants it no more.
      const unloaded = contents((await save(page)).text)
      for (const end of ['undo', 'settle']) {
        await loadText(page, folder, serialized({ first: other }))
        await page.select('[data-js-every]', 'theirs')
        await apply(page)
        assert.equal(contents((await save(page)).text).first?.answers.backup?.status, 'done')
        assert.equal(Object.hasOwn(JSON.parse((await save(page)).text) as object, 'undo'), false)
        await reload(page)
        await press(page, `load-file [data-js-${end}]`)
        if (end === 'undo') {
          await until(
            page,
            'the state before',
            () => document.querySelector('load-file [data-js-text]')?.textContent === '取り込む前に戻しました。',
          )
          assert.deepEqual(contents((await save(page)).text), unloaded)
        }
        await until(page, 'nothing to undo', () => !localStorage.getItem('tebiki')?.includes('"undo":"['))
        await reload(page)
        assert.equal(await isVisible(page, 'load-file [data-js-result]'), false)
      }
      expectNoFaults(faults, 'workspace.html')
    })

    test(`two clients without a name are not taken for one ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const folder = await temporaryFolder(t)
      const { page, faults } = await openWorkspace(browser, site)
      const client = (answers: object) => serialized({ first: { ...yamada, name: 'わたしの会社', answers, at: {} } })
      await loadText(page, folder, client({ antivirus: yamada.answers.antivirus }))
      await apply(page)
      await loadText(page, folder, client({ backup: { status: 'done', at: { status: time(7) } } }))
      await apply(page)
      assert.deepEqual((await companies(page)).sort(), ['わたしの会社*', 'わたしの会社（2）'])
      expectNoFaults(faults, 'workspace.html')
    })

    test(`the name of the company is asked for once ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openWorkspace(browser, site)
      const answer = async () => {
        await page.goto(`${site.root}checklists/company-vpn.html`)
        await page.waitForSelector('check-list[data-ready]')
        await page.evaluate(() => document.querySelector<HTMLInputElement>('[data-group] input[value="done"]')?.click())
        await page.waitForFunction(() => document.querySelector('save-state')?.textContent.includes('保存しました'))
        assert.equal(await isVisible(page, 'ask-name'), false, 'in the middle of work')
        await reload(page, 'workspace.html', site)
        await page.waitForSelector('ask-name', { visible: true })
      }
      await answer()
      await page.type('ask-name input', '\ufa1b田商店')
      await press(page, 'ask-name [type="submit"]')
      await until(page, 'no question', () => !document.querySelector('ask-name')?.checkVisibility())
      assert.deepEqual(await companies(page), ['\ufa1b田商店*'])
      assert.match((await save(page)).text, /\ufa1b田商店/, 'the name as it was typed')
      await reload(page)
      assert.equal(await isVisible(page, 'ask-name'), false)

      await erase(page)
      await page.waitForSelector('[data-js-erased]:not([hidden])')
      await answer()
      await press(page, 'ask-name [type="button"]')
      await until(page, 'no question', () => !document.querySelector('ask-name')?.checkVisibility())
      await page.waitForFunction(() => document.querySelector('save-state')?.textContent.includes('保存しました'))
      await reload(page)
      assert.equal(await isVisible(page, 'ask-name'), false, 'after it was left open')
      expectNoFaults(faults, 'workspace.html')
    })

    test(`a hostile file gets one sentence and changes nothing ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const folder = await temporaryFolder(t)
      const { page, faults } = await openWorkspace(browser, site)
      await loadText(page, folder, serialized({ first: yamada }))
      await apply(page)
      const stored = async () => contents((await save(page)).text)
      const before = await stored()
      for (const [name, content, want] of hostile) {
        await t.test(name, async () => {
          await loadText(page, folder, content, 'load-file > [data-js-error]:not(:empty)')
          assert.match(await textOf(page, 'load-file > [data-js-error]'), want)
          assert.equal(
            (await textOf(page, 'load-file > [data-js-error]')).length < 80,
            true,
            'one short sentence or two',
          )
          for (const part of ['[data-js-preview]', '[data-js-unlock]', '[data-js-result]'])
            assert.equal(await isVisible(page, `load-file ${part}`), false, part)
          assert.deepEqual(await stored(), before)
        })
      }

      await t.test('two files at once', async () => {
        await drop(page, '', '')
        assert.equal(await textOf(page, 'load-file > [data-js-error]'), '一度に読み込めるのは、一つのファイルです。')
      })

      await t.test('a file with scripts and prototypes for names', async () => {
        const evil = '<img src=x onerror=alert(1)>'
        const answers =
          `{"antivirus":{"note":"${evil}","at":{}},` + '"toString":{"note":"x","at":{}},"__proto__":{"note":"x"}}'
        const company = `{"name":"${evil}","methods":["${evil}"],"answers":${answers}}`
        const all = `{"__proto__":{"name":"p"},"constructor":${company}}`
        const text = `{"format":1,"__proto__":{"polluted":1},"companies":${all}}`
        await loadText(page, folder, text, '[data-js-preview]:not([hidden])')
        assert.deepEqual(await stored(), before)
        await apply(page)
        assert.deepEqual(await companies(page), [evil, '山田商事*'])
        assert.equal(
          await page.evaluate(() => 'polluted' in {} || document.querySelector('work-space img') !== null),
          false,
        )
        await press(page, 'load-file [data-js-undo]')
        await page.waitForFunction(() => document.querySelectorAll('.record[data-company]').length === 1)
      })

      await t.test('a file of UTF-16 is read all the same', async () => {
        await loadText(
          page,
          folder,
          Buffer.from(`\ufeff${serialized({ b: suzuki })}`, 'utf16le'),
          '[data-js-preview]:not([hidden])',
        )
        await press(page, '[data-js-preview] [data-js-cancel]')
        assert.equal(await isVisible(page, '[data-js-preview]'), false)
        assert.deepEqual(await companies(page), ['山田商事*'])
      })
      expectNoFaults(faults, 'workspace.html')
    })
  }

  test('thousands of companies leave the page usable', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openWorkspace(browser, site)
    const all = Object.fromEntries(
      Array.from({ length: 5000 }, (_, n) => [
        `c${n}`,
        { name: `会社${n}`, methods: ['company-vpn'], answers: yamada.answers, at: {}, made: time(n) },
      ]),
    )
    await page.evaluate((text) => localStorage.setItem('tebiki', text), serialized(all).replace('"first"', '"c4999"'))
    await reload(page)
    assert.deepEqual(
      [await companies(page)].map((names) => [names.length, names.at(-1)]),
      [[21, '会社4999*']],
    )
    // Every element of the page costs its layout: the number of them is not that of the companies.
    const elements = () => page.evaluate(() => document.querySelectorAll('*').length)
    assert.ok((await elements()) < 5000, `got ${await elements()} elements`)
    assert.equal(await textOf(page, 'company-list [data-js-more]'), '続きを表示する（残り4979社）')
    await press(page, 'company-list [data-js-more]')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), '会社20')
    // A list to choose from has all of them as soon as the reader comes to it.
    await page.focus('#share-company')
    await page.select('#share-company', 'c4321')
    assert.equal(await page.$eval('#share-company', (select) => (select as HTMLSelectElement).value), 'c4321')
    await erase(page)
    await page.waitForSelector('[data-js-lists] a', { visible: true })
    assert.deepEqual(await companies(page), [])
    expectNoFaults(faults, 'workspace.html')
  })

  if (browserName === 'Chromium')
    test('files are downloads', async (browser, t) => {
      await using site = await serve(siteDir)
      const folder = await temporaryFolder(t)
      const page = await browser.newPage()
      await page.goto(`${site.root}workspace.html`)
      await ready(page)
      await loadText(page, folder, serialized({ first: { ...yamada, name: 'A/B:C' } }))
      await apply(page)
      const downloads = await temporaryFolder(t)
      const session = await page.createCDPSession()
      await session.send('Browser.setDownloadBehavior', {
        behavior: 'allow',
        downloadPath: downloads,
        browserContextId: browser.id,
      })
      await press(page, '[data-js-file] [type="submit"]')
      await press(page, '[data-js-table] [value="csv"]')
      const files = async () => (await readdir(downloads)).filter((name) => !name.endsWith('.crdownload')).sort()
      await eventually('two files', async () => (await files()).length === 2)
      const [json = '', table = ''] = (await files()).sort((a, b) =>
        a.endsWith('.json') ? -1 : b.endsWith('.json') ? 1 : 0,
      )
      assert.match(json, /^tebiki-\d{4}-\d\d-\d\d\.json$/)
      assert.match(table, /^tebiki-A_B_C-① 会社支給端末・VPN_リモートデスクトップ方式-\d{4}-\d\d-\d\d\.csv$/)
      assert.equal(contents(await readFile(join(downloads, json), 'utf8')).first?.name, 'A/B:C')
      const lines = (await readFile(join(downloads, table), 'utf8')).split('\r\n')
      assert.equal(
        lines[0],
        '\ufeffNo.,優先度,対策,状態,対象外にする理由,担当,期限,確認した日,証拠（リンクかファイル名）,メモ',
      )
      assert.equal(
        lines.find((line) => line.startsWith('No. 2-1,')),
        'No. 2-1,◎,ウイルス対策ソフトを常に動かす,対応済み,,佐藤,,,,<script>alert(1)</script>',
      )
    })

  if (browserName === 'Chromium')
    test('the reminder comes after two weeks, and goes when it is put off or a file is saved', async (browser, t) => {
      await using site = await serve(siteDir)
      const folder = await temporaryFolder(t)
      const old = structuredClone(yamada)
      old.answers.antivirus.at.status = new Date(Date.now() - 15 * 86_400_000).toISOString()
      for (const end of ['backup-reminder button', '[data-js-confirm]', 'read back']) {
        const { page, faults } = await openWorkspace(await anotherReader(browser, site), site)
        assert.equal(await isVisible(page, 'backup-reminder'), false)
        await loadText(page, folder, serialized({ first: old }))
        await apply(page)
        assert.equal(await isVisible(page, 'backup-reminder'), false, 'in the middle of work')
        await page.goto(`${site.root}checklists/company-vpn.html`)
        await page.waitForSelector('backup-reminder:not([hidden])')
        await reload(page, 'workspace.html', site)
        assert.equal(await isVisible(page, 'backup-reminder'), true)
        if (end !== 'backup-reminder button') {
          const { text } = await save(page)
          assert.equal(await isVisible(page, 'backup-reminder'), true, 'a download that nobody has seen')
          if (end === 'read back') {
            await loadText(page, folder, text)
            assert.equal(await isVisible(page, '[data-js-backup]'), true)
          }
        }
        if (end !== 'read back') await press(page, end)
        await until(
          page,
          `no reminder after ${end}`,
          () => !document.querySelector('backup-reminder')?.checkVisibility(),
        )
        await reload(page)
        assert.equal(await isVisible(page, 'backup-reminder'), false, `${end}, and a reload`)
        expectNoFaults(faults, 'workspace.html')
      }
    })

  if (browserName === 'Chromium')
    test('everything by keyboard', async (browser) => {
      await using site = await serve(siteDir)
      const { page, faults } = await openWorkspace(browser, site)
      const go = async (selector: string) => {
        for (let steps = 0; steps < 200; steps++) {
          await page.keyboard.press('Tab')
          if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
        }
        assert.fail(`got no focus on ${selector} after 200 presses of Tab`)
      }
      await go('.add-company summary')
      await page.keyboard.press('Enter')
      await go('#new-company')
      await page.keyboard.type('山田商事')
      await page.keyboard.press('Enter')
      assert.deepEqual(await companies(page), ['山田商事*'])
      assert.equal(
        await page.evaluate(() => document.activeElement?.textContent),
        '山田商事',
        'the focus after a company was made',
      )
      await go('.record summary')
      await page.keyboard.press('Enter')
      await go('.record__choices input')
      await page.keyboard.press('Space')
      await page.waitForSelector('.record__method')
      await go('[data-js-open-rename]')
      await page.keyboard.press('Enter')
      await page.keyboard.type('鈴木工業')
      await page.keyboard.press('Enter')
      assert.deepEqual(await companies(page), ['鈴木工業*'])
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      assert.deepEqual(await companies(page), [])
      await page.keyboard.press('Enter')
      assert.deepEqual(await companies(page), ['鈴木工業*'])
      await go('save-file [name="lock"]')
      await page.keyboard.press('Space')
      await go('#save-pass')
      await page.keyboard.type('correct horse')
      await go('#save-again')
      await page.keyboard.type('correct horse')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() =>
        document.querySelector('[data-js-file] [data-js-message]')?.textContent.includes('保存の画面を出しました'),
      )
      await go('share-link [type="submit"]')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.id === 'share-url')
      await go('[data-js-ask]')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.hasAttribute('data-js-asked'))
      await go('[data-js-erase]')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.activeElement?.hasAttribute('data-js-erased'))
      await go('erase-all [data-js-undo]')
      await page.keyboard.press('Enter')
      await page.waitForSelector('.record')
      expectNoFaults(faults, 'workspace.html')
    })

  if (browserName === 'Chromium')
    test('every state can be used by everyone', async (browser, t) => {
      await using site = await serve(siteDir)
      const folder = await temporaryFolder(t)
      const { page, faults } = await openWorkspace(browser, site)
      const look = async (state: string) => {
        const found = await viewFindings(page)
        await t.test(state, () => expectNoFaults(found, state))
      }
      await look('nothing yet')
      await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)))
      await press(page, '.add-company [type="submit"]')
      await look('no name for a new company')
      const old = structuredClone(yamada)
      old.answers.antivirus.at.status = new Date(Date.now() - 15 * 86_400_000).toISOString()
      await loadText(
        page,
        folder,
        serialized({ first: old, b: { ...suzuki, name: 'あ'.repeat(80) }, c: { ...suzuki, name: 'W'.repeat(80) } }),
      )
      await look('a file with new companies')
      await apply(page)
      await look('a file was loaded')
      await reload(page)
      await page.$$eval('work-space details', (all) => all.forEach((details) => (details.open = true)))
      await press(page, `${record(1)} [data-js-open-rename]`)
      await press(page, `${record(2)} [data-js-delete]`)
      await press(page, 'save-file [name="lock"]')
      await press(page, '[data-js-file] [type="submit"]')
      await press(page, 'share-link [name="notes"]')
      await press(page, 'share-link [type="submit"]')
      await page.waitForSelector('[data-js-link]:not([hidden])')
      const url = await page.$eval('#share-url', (input) => (input as HTMLInputElement).value)
      await look('everything open, a company deleted, a link made')
      const theirs = structuredClone(yamada)
      Object.assign(theirs.answers.antivirus, {
        note: 'x'.repeat(500),
        status: 'unknown',
        due: '2026-12-01',
        at: { status: time(3), note: time(9) },
      })
      await loadText(page, folder, serialized({ first: theirs, d: suzuki }))
      await look('a file with conflicts')
      await loadText(page, folder, 'x', 'load-file > [data-js-error]:not(:empty)')
      await look('a broken file')
      await loadText(page, folder, '{"format":"tebiki-locked"}', '[data-js-unlock]:not([hidden])')
      await fill(page, '#load-pass', 'x')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => document.querySelector('[data-js-unlock] [data-js-error]')?.textContent)
      await look('a wrong passphrase')
      await press(page, '[data-js-ask]')
      await look('asked before all is erased')
      await press(page, '[data-js-erase]')
      await look('all erased')
      await page.goto('about:blank')
      await page.goto(url)
      await page.waitForSelector('.copy')
      await look('a copy')
      await page.goto('about:blank')
      await page.goto(`${site.root}workspace.html#share=x`)
      await page.waitForSelector('[data-js-broken]:not([hidden])')
      await look('a broken copy')
      await page.setJavaScriptEnabled(false)
      await page.goto('about:blank')
      await page.goto(`${site.root}workspace.html`)
      assert.match(await textOf(page, 'work-space'), /スクリプトを使います.*印刷/)
      assert.equal(
        (await page.$$('work-space a[href^="checklists/"]')).length > 0,
        true,
        'links to checklists without script',
      )
      expectNoFaults(faults, 'workspace.html')
    })
})

// What the tests use

const time = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString()

const yamada = {
  name: '山田商事',
  methods: ['company-vpn'],
  answers: {
    antivirus: {
      status: 'done',
      note: '<script>alert(1)</script>',
      owner: '佐藤',
      at: { status: time(2), note: time(2), owner: time(2) },
    },
    backup: { status: 'doing', at: { status: time(2) } },
  },
  at: { name: time(1), 'methods.company-vpn': time(1) },
}
/** With days, and an address in a note. */
const dated = {
  ...yamada,
  answers: {
    antivirus: { ...yamada.answers.antivirus, note: '<script>alert(1)</script>（https://example.jp/a）' },
    backup: { ...yamada.answers.backup, due: '9998-01-01' },
    'multi-factor': { due: '2026-01-01', at: { due: time(2) } },
  },
}
const suzuki = {
  name: '鈴木工業',
  methods: [],
  answers: { antivirus: { status: 'na', reason: 'なし', at: { status: time(5) } } },
  at: { name: time(4) },
}

/** The fragment of a link as the first edition made them. */
function firstForm({ name, methods, answers }: typeof yamada): string {
  const packed = deflateRawSync(JSON.stringify({ version: 1, name, methods, answers })).toString('base64url')
  return `share=${packed}&made=2026-11-01`
}

function serialized(companies: Record<string, object>): string {
  return JSON.stringify({ format: 1, companies, current: 'first', at: {} })
}

interface Contents {
  name: string
  methods: string[]
  answers: Record<string, Record<string, unknown>>
}

/** What a file says, without the times of its changes. */
function contents(text: string): Record<string, Contents> {
  const { companies } = JSON.parse(text) as { companies: Record<string, Contents> }
  for (const { answers } of Object.values(companies)) {
    for (const [measure, { at: _, ...answer }] of Object.entries(answers)) {
      // What was taken back leaves nothing but its time.
      if (Object.keys(answer).length === 0) delete answers[measure]
      else answers[measure] = answer
    }
  }
  return Object.fromEntries(
    Object.entries(companies).map(([id, { name, methods, answers }]) => [id, { name, methods, answers }]),
  )
}

/** What a file holds is as data/progress.schema.json says. */
async function expectSchema(text: string, part = ''): Promise<void> {
  const ajv = new Ajv2020({ strict: true, strictRequired: false })
  ajv.addSchema(JSON.parse(await readFile(join(siteDir, 'data/progress.schema.json'), 'utf8')) as object)
  const validate = ajv.getSchema(`urn:tebiki:progress:1${part}`)
  assert.ok(validate?.(JSON.parse(text)), ajv.errorsText(validate?.errors))
}

async function openWorkspace(browser: BrowserContext, site: Site): Promise<{ page: Page; faults: string[] }> {
  const opened = await openPage(browser, site.root)
  const { page } = opened
  // What is downloaded is kept in the page, to be looked at.
  await page.evaluateOnNewDocument(() => {
    const files: { name: string; text: Promise<string> }[] = []
    const texts = new Map<string, Promise<string>>()
    const { createObjectURL } = URL
    URL.createObjectURL = (blob: Blob) => {
      const url = createObjectURL(blob)
      texts.set(url, blob.text())
      return url
    }
    const { click } = HTMLElement.prototype
    HTMLAnchorElement.prototype.click = function () {
      const text = texts.get(this.href)
      if (text && this.download) files.push({ name: this.download, text })
      else click.call(this)
    }
    Object.assign(window, { files })
  })
  await page.setViewport({ width: 1280, height: 900 })
  await page.goto(`${site.root}workspace.html`)
  await ready(page)
  return opened
}

async function reload(page: Page, name = '', site?: Site): Promise<void> {
  if (site) await page.goto(site.root + name)
  else await page.reload()
  await ready(page)
}

/**
 * Waits until the elements have the store: then there are companies, or the checklists of those who
 * have none.
 */
async function ready(page: Page): Promise<void> {
  await page.waitForSelector('.record, [data-js-lists] a')
}

/** The companies in their order; the current one has a star. */
/** Erases everything, as the page asks to. */
async function erase(page: Page): Promise<void> {
  await press(page, '[data-js-ask]')
  await press(page, '[data-js-erase]')
}

function companies(page: Page): Promise<string[]> {
  return page.$$eval('.record[data-company]', (records) =>
    records.map(
      (record) =>
        `${record.querySelector('[data-js-name]')?.textContent}${record.hasAttribute('data-current') ? '*' : ''}`,
    ),
  )
}

function record(n: number): string {
  return `.record[data-company]:nth-child(${n})`
}

async function addCompany(page: Page, name: string): Promise<void> {
  if (!(await isVisible(page, '#new-company'))) await press(page, '.add-company summary')
  await page.type('#new-company', name)
  await press(page, '.add-company [type="submit"]')
  await press(page, '.add-company summary')
}

async function fill(page: Page, selector: string, text: string): Promise<void> {
  await page.$eval(selector, (input) => {
    ;(input as HTMLInputElement).value = ''
  })
  await page.type(selector, text)
}

async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent.replace(/\s+/g, ' ').trim())
}

function rowOf(page: Page, measure: string): Promise<string> {
  return page.$eval(`[data-shared-measure="${measure}"]`, (row) => row.textContent.replace(/\s+/g, ''))
}

function isVisible(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.querySelector(wanted)?.checkVisibility() ?? false, selector)
}

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

/** Chooses a file in the file dialog. */
async function loadText(
  page: Page,
  folder: string,
  content: string | Buffer,
  then = '[data-js-preview]:not([hidden])',
): Promise<void> {
  const file = join(folder, 'file.json')
  await writeFile(file, content)
  await page.$eval('load-file > [data-js-error]', (error) => error.replaceChildren())
  const input = (await page.$('#load-input')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(file)
  await page.waitForSelector(then)
}

/** Drops files on the field. */
async function drop(page: Page, ...texts: string[]): Promise<void> {
  await page.evaluate((texts) => {
    const dataTransfer = new DataTransfer()
    for (const text of texts) dataTransfer.items.add(new File([text], 'file.json'))
    for (const type of ['dragover', 'drop']) {
      document
        .querySelector('[data-js-drop]')
        ?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
  }, texts)
}

async function apply(page: Page): Promise<void> {
  await press(page, '[data-js-preview] [type="submit"]')
  await page.waitForSelector('load-file [data-js-result]:not([hidden])')
}

function previewed(page: Page): Promise<(string | undefined)[][]> {
  return page.$$eval('[data-js-preview] tbody tr', (rows) =>
    rows.map((row) => [
      ...['[data-js-title]', '[data-js-kind]'].map((part) => row.querySelector(part)?.textContent),
      row.querySelector('select')?.value,
    ]),
  )
}

/** Presses the button that saves a file, and gives the file. */
async function save(page: Page): Promise<{ name: string; text: string }> {
  const count = await page.evaluate(() => (window as unknown as { files: unknown[] }).files.length)
  await press(page, '[data-js-file] [type="submit"]')
  await page.waitForFunction((count) => (window as unknown as { files: unknown[] }).files.length > count, {}, count)
  return page.evaluate(async () => {
    const { name, text } = (window as unknown as { files: { name: string; text: Promise<string> }[] }).files.at(-1)!
    return { name, text: await text }
  })
}
