// The checklists as readers fill them in: what they answer stays, follows the measure, and goes
// nowhere else.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { getDocumentProxy } from 'unpdf'
import { anotherReader, expectNoFaults, openPage, press, saved, until } from './browser.ts'
import { viewFindings } from './findings.ts'
import { sideBySide } from './side-by-side.ts'
import { editions, kindOf, serve, siteDir, type Site } from './site.ts'

const statuses = { todo: '未対応', doing: '対応中', done: '対応済み', na: '対象外', unknown: 'わからない' }
type Status = keyof typeof statuses

sideBySide((test, browserName) => {
  for (const [where, open] of editions) {
    test(`an answer stays and follows the measure ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const [first, second] = checklists(site)
      await visit(page, site.root + first)
      const measure = await sharedMeasure(page, site, second)
      assert.equal(await statusOf(page, measure), 'todo', `${first}: the status before any answer`)

      await choose(page, measure, 'done')
      assert.match(await textOf(page, 'save-state'), /^この端末に保存しました \d\d:\d\d$/)
      await write(page, measure, 'owner', '総務の山田')
      const today = await page.evaluate(() => new Date().toLocaleDateString('sv'))
      assert.equal(await valueOf(page, measure, 'checked'), today, 'the date checked, once the status is done')
      assert.match(await textOf(page, 'company-line'), /この方式を使う会社です/)

      await page.reload()
      await ready(page)
      assert.deepEqual(
        [await statusOf(page, measure), await valueOf(page, measure, 'owner')],
        ['done', '総務の山田'],
        'after a reload',
      )

      await visit(page, `${site.root}measures/${measure}.html`)
      assert.deepEqual(
        [await statusOf(page, measure), await valueOf(page, measure, 'owner')],
        ['done', '総務の山田'],
        "on the measure's own page",
      )
      await choose(page, measure, 'doing')

      await visit(page, site.root + second)
      assert.equal(await statusOf(page, measure), 'doing', `${second}: the status chosen on the measure's own page`)
      assert.doesNotMatch(
        await visibleTextOf(page, 'company-line'),
        /この方式を使う会社です/,
        `${second}: where nothing was answered`,
      )
      expectNoFaults(faults, second)
    })
  }

  test('a checklist that was begun is one press away on the start page', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [first = '', second = ''] = checklists(site)
    const links = () => page.$$eval('resume-link a', (links) => links.map((link) => link.href))
    for (const [name, want] of [
      ['', []],
      [first, [site.root + first]],
      [second, [`${site.root}workspace.html`]],
    ] as const) {
      if (name) {
        await visit(page, site.root + name)
        await choose(page, (await measuresOf(page))[0]!, name === first ? 'doing' : 'done')
      }
      await page.goto(`${site.root}index.html`)
      await page.waitForFunction(
        (count) => document.querySelectorAll('resume-link a').length === count,
        {},
        want.length,
      )
      assert.deepEqual(await links(), want, name)
    }
    expectNoFaults(faults, 'index.html')
  })

  test('every status is chosen in one press and shows what it asks for', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const [measure = ''] = await measuresOf(page)
    const got = await page.$$eval(`input[name="status-${measure}"]`, (radios) =>
      radios.map((radio) => [radio.value, radio.labels?.[0]?.textContent.trim(), radio.type]),
    )
    assert.deepEqual(
      got,
      Object.entries(statuses).map(([value, label]) => [value, label, 'radio']),
    )

    for (const status of ['doing', 'done', 'na', 'unknown', 'todo'] as const) {
      await choose(page, measure, status)
      const shown = await page.$$eval(
        `answer-box[data-slug="${measure}"] :is([data-js-extra="na"], [data-js-extra="unknown"])`,
        (parts) => parts.filter((part) => part.checkVisibility()).map((part) => (part as HTMLElement).dataset.jsExtra),
      )
      assert.deepEqual(shown, status === 'na' || status === 'unknown' ? [status] : [], `${status}: what it asks for`)
    }
    await choose(page, measure, 'unknown')
    const ask = await textOf(page, `answer-box[data-slug="${measure}"] [data-js-ask]`)
    assert.equal(ask, await page.$eval('answer-box', (box) => (box as HTMLElement).dataset.ask))
    await press(page, `answer-box[data-slug="${measure}"] [data-js-copy]`)
    await until(page, 'an answer to the copying', () => document.querySelector('.answer__copied')?.textContent !== '')

    await choose(page, measure, 'na')
    assert.match(await textOf(page, '[data-js-progress]'), /^準備 1件中 0件 対応済み（対象外の1件を除く）$/)
    await choose(page, measure, 'done')
    const bar = await page.$eval('[data-js-progress] progress', ({ value, max }) => [value, max])
    assert.deepEqual([await textOf(page, '[data-js-progress]'), ...bar], ['準備 2件中 1件 対応済み', 1, 2])
    expectNoFaults(faults, name)
  })

  test('notes of any kind stay text', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const [measure = ''] = await measuresOf(page)
    const notes = [
      '<script>document.title = "hacked"</script><img src=x onerror="document.title=\'hacked\'">',
      '👨‍👩‍👧‍👦 完了🎉\n二行目 "引用" & \'引用\'',
      'あ'.repeat(1000),
      '__proto__',
      '',
    ]
    const title = await page.title()
    for (const note of notes) {
      await write(page, measure, 'note', note)
      await page.reload()
      await ready(page)
      assert.equal(await valueOf(page, measure, 'note'), note)
      assert.equal(await page.title(), title)
      const digest = await page.$$eval(`answer-box[data-slug="${measure}"] [data-js-fact="note"] dd`, (places) =>
        places.map((place) => place.textContent).join(''),
      )
      assert.equal(digest, note)
    }
    expectNoFaults(faults, name)
  })

  test('what is typed is stored, but not while an input method changes it', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const [measure = '', other = ''] = await measuresOf(page)
    const stored = () => page.evaluate(() => localStorage.getItem('tebiki') ?? '')
    const input = (text: string, isComposing: boolean) =>
      page.$eval(
        `answer-box[data-slug="${measure}"] [name="note"]`,
        (element, text, isComposing) => {
          const field = element as HTMLTextAreaElement
          field.closest('details')?.setAttribute('open', '')
          field.focus({ preventScroll: true })
          field.value = text
          field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }))
          if (!isComposing) field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
        },
        text,
        isComposing,
      )
    await input('かくに', true)
    // What is typed elsewhere, without leaving the field, is stored later than this would have
    // been.
    await page.$eval(`answer-box[data-slug="${other}"] [name="note"]`, (element) => {
      ;(element as HTMLTextAreaElement).value = 'そのあと'
      element.dispatchEvent(new InputEvent('input', { bubbles: true }))
    })
    await until(page, 'the later note in storage', () => localStorage.getItem('tebiki')?.includes('そのあと') ?? false)
    assert.ok(!(await stored()).includes('かくに'), 'got it stored while composing')
    await input('確認', false)
    await until(
      page,
      'the note in storage, without leaving the field',
      () => localStorage.getItem('tebiki')?.includes('確認') ?? false,
    )

    await input('閉じる前に', false)
    await visit(page, `${site.root}measures/${measure}.html`)
    assert.equal(await valueOf(page, measure, 'note'), '閉じる前に', 'after leaving the page at once')
    expectNoFaults(faults, name)
  })

  if (browserName === 'Chromium')
    test('what cannot be kept is said, and the page goes on', async (browser, t) => {
      await using site = await serve(siteDir)
      const [name] = checklists(site)
      const cases: [string, string, () => void][] = [
        [
          'memory',
          'この端末に保存できません',
          () =>
            Object.defineProperty(window, 'localStorage', {
              get: () => {
                throw new DOMException('', 'SecurityError')
              },
            }),
        ],
        ['full', '保存する場所がいっぱいです', () => localStorage.setItem('other', 'x'.repeat(5 * 1024 * 1024 - 8))],
        [
          'unreadable',
          '前の記録を読めませんでした',
          () => localStorage.getItem('tebiki') ?? localStorage.setItem('tebiki', '{"format":1,'),
        ],
        ['newer-format', '新しい版の記録があります', () => localStorage.setItem('tebiki', '{"format":99}')],
      ]
      for (const [kind, title, prepare] of cases) {
        await t.test(kind, async () => {
          const { page, faults } = await openPage(await anotherReader(browser, site), site.root)
          await page.evaluateOnNewDocument(prepare)
          await visit(page, site.root + name)
          const [measure = ''] = await measuresOf(page)
          await press(page, `input[name="status-${measure}"][value="done"]`)
          await until(
            page,
            `notice "${title}"`,
            (kind) => document.querySelector(`[data-js-save-notice="${kind}"]`)?.checkVisibility() ?? false,
            kind,
          )
          assert.match(await visibleTextOf(page, `[data-js-save-notice="${kind}"]`), new RegExp(title))
          assert.equal(await statusOf(page, measure), 'done')
          assert.match(await textOf(page, '[data-js-progress]'), /1件 対応済み$/)
          if (kind !== 'unreadable') {
            assert.equal(await textOf(page, 'save-state'), title, 'the line that is always in view')
            const file = await page.evaluate(
              (kind) =>
                new Promise<string>((resolve) => {
                  URL.createObjectURL = (blob: Blob) => {
                    void blob.text().then(resolve)
                    return ''
                  }
                  HTMLAnchorElement.prototype.click = () => {}
                  document.querySelector<HTMLElement>(`[data-js-save-notice="${kind}"] [data-js-keep]`)!.click()
                }),
              kind,
            )
            const { companies } = JSON.parse(file) as {
              companies: Record<string, { answers: Record<string, { status: string }> }>
            }
            assert.equal(Object.values(companies)[0]?.answers[measure]?.status, 'done', 'the file of what is not kept')
          }
          expectNoFaults(faults, name)
        })
      }
    })

  test('dates are stored when they are whole, and a day that the reader gave stays', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const [first = '', second = ''] = await measuresOf(page)
    const stored = () => page.evaluate(() => localStorage.getItem('tebiki') ?? '')
    await choose(page, first, 'doing')
    for (const [date, kept] of [
      ['0202-11-03', false],
      ['2027-11-03', true],
      ['9999-12-31', true],
    ] as const) {
      await write(page, first, 'due', date)
      await write(page, first, 'note', `due ${date}`)
      await until(page, 'the note', (note) => localStorage.getItem('tebiki')?.includes(note) ?? false, `due ${date}`)
      assert.equal((await stored()).includes(`"due":"${date}"`), kept, date)
    }
    // What is shown and not stored says why. 令和8年 has no field of its own: many type its 8.
    const field = `answer-box[data-slug="${first}"] [name="due"]`
    const message = `answer-box[data-slug="${first}"] [data-js-extra="date"]`
    for (const typed of ['11030008', '11']) {
      await write(page, first, 'due', '')
      await page.focus(field)
      await page.keyboard.type(typed)
      await page.focus(`answer-box[data-slug="${first}"] [name="note"]`)
      await until(
        page,
        `word of ${typed}`,
        (place) => document.querySelector(place)?.checkVisibility() ?? false,
        message,
      )
      assert.match(await textOf(page, message), /まだ保存していません。.*（令和8年は2026年）/)
      assert.equal(await page.$eval(field, (input) => input.getAttribute('aria-invalid')), 'true')
      assert.doesNotMatch(await stored(), /"due":"0/)
      // Nor does what is shown vanish when something else is stored.
      const shown = await valueOf(page, first, 'due')
      await choose(page, first, typed === '11' ? 'doing' : 'unknown')
      assert.equal(await valueOf(page, first, 'due'), shown)
      assert.equal(await visible(page, message), true)
    }
    await write(page, first, 'due', '2026-11-03')
    assert.equal(await visible(page, message), false, 'the word, once the date is whole')
    assert.equal(await page.$eval(field, (input) => input.getAttribute('aria-invalid')), 'false')
    assert.match(await stored(), /"due":"2026-11-03"/)
    await write(page, second, 'checked', '2026-10-01')
    await choose(page, second, 'done')
    assert.equal(await valueOf(page, second, 'checked'), '2026-10-01')
    expectNoFaults(faults, name)
  })

  test('filters narrow the list and say so', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const measures = await measuresOf(page)
    const [first = '', second = '', third = ''] = measures
    await choose(page, first, 'done')
    await choose(page, second, 'na')
    await write(page, third, 'owner', '佐藤')
    await write(page, third, 'due', '2020-01-31')
    assert.ok(await visible(page, `answer-box[data-slug="${third}"] .overdue`), 'got no mark on what is overdue')

    await press(page, '[data-js-filter] summary')
    const expectShown = async (what: string, want: string[]) => {
      assert.deepEqual(await shownMeasures(page), want, what)
      const text = await textOf(page, '[data-js-shown]')
      assert.equal(text, want.length === measures.length ? '' : `${measures.length}件中 ${want.length}件を表示`, what)
    }
    await expectShown('no filter', measures)
    await press(page, '[data-js-filter] [name="open"]')
    await expectShown('open only', measures.slice(2))
    assert.ok(await visible(page, '[data-group] .checklist__hidden'), 'got no word on the group without measures')
    await choose(page, third, 'done')
    await expectShown('a measure does not vanish when it is answered', measures.slice(2))
    await choose(page, third, 'doing')

    await press(page, '[data-js-filter] [name="overdue"]')
    await expectShown('open and overdue', [third])
    await press(page, '[data-js-clear]')
    await expectShown('filters cleared', measures)

    assert.equal(await visibleTextOf(page, '[data-js-overdue]'), '日を過ぎた対策 1件')
    await press(page, '[data-js-filter] [name="open"]')
    await press(page, '[data-js-overdue]')
    await expectShown('by the button at the head', [third])
    assert.ok(!(await page.$eval('[data-js-filter] [name="open"]', (tick) => (tick as HTMLInputElement).checked)))
    await choose(page, third, 'done')
    assert.ok(!(await visible(page, '[data-js-overdue]')), 'got the button with nothing overdue')
    await choose(page, third, 'doing')
    await press(page, '[data-js-clear]')

    await page.select('[data-js-filter] [name="owner"]', '佐藤')
    await expectShown('by owner', [third])
    await write(page, third, 'owner', '鈴木')
    await page.focus(`#${third} [name="owner"]`)
    const suggested = await page.$eval(`#${third} [name="owner"]`, (field) =>
      [...((field as HTMLInputElement).list?.options ?? [])].map(({ value }) => value),
    )
    assert.deepEqual(suggested, ['鈴木'], 'the owners suggested')
    assert.equal(
      await page.$eval('[data-js-filter] [name="owner"]', (select) => (select as HTMLSelectElement).value),
      '佐藤',
      "what is asked for, when it is nobody's any more",
    )
    await press(page, '[data-js-clear]')
    for (const [field, data] of [
      ['threat', 'threats'],
      ['category', 'category'],
    ] as const) {
      const rows = await page.$$eval(
        '[data-measure]',
        (rows, data) =>
          rows.map(
            (row) => [(row as HTMLElement).dataset.measure ?? '', (row as HTMLElement).dataset[data] ?? ''] as const,
          ),
        data,
      )
      const value = rows[5]?.[1].split(' ')[0] ?? ''
      await page.select(`[data-js-filter] [name="${field}"]`, value)
      const want = rows.filter(([, values]) => values.split(' ').includes(value)).map(([measure]) => measure)
      assert.ok(
        want.length > 0 && want.length < measures.length,
        `${field}: got ${want.length} measures of ${value}, want some`,
      )
      await expectShown(`by ${field}`, want)
      await press(page, '[data-js-clear]')
    }
    assert.ok(!page.url().includes('?'), `got ${page.url()}, want no query`)
    expectNoFaults(faults, name)
  })

  test('owner and due date go to several measures at once, and back', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const [first = '', second = '', third = '', fourth = ''] = await measuresOf(page)
    await write(page, first, 'owner', '佐藤')
    await write(page, second, 'note', '台帳')
    const given = () =>
      Promise.all(
        [first, second, third, fourth].map(async (measure) => [
          await valueOf(page, measure, 'owner'),
          await valueOf(page, measure, 'due'),
        ]),
      )
    const before = await given()
    const message = () => textOf(page, '[data-js-message]')
    const pressHook = async (hook: string, want: string) => {
      await page.focus(`[data-js-${hook}]`)
      await page.keyboard.press('Enter')
      await until(page, `"${want}"`, (want) => document.querySelector('[data-js-message]')?.textContent === want, want)
    }
    const focused = () =>
      page.evaluate(
        () => (document.activeElement as HTMLElement | null)?.outerHTML.match(/data-js-[\w-]+|name="\w+"/)?.[0],
      )

    // With the keyboard alone.
    await page.focus('[data-js-assigner] summary')
    await page.keyboard.press('Enter')
    await page.waitForSelector('[data-measure] [name="chosen"]')
    assert.equal(await message(), '0件を選んでいます')
    await pressHook('give', '担当か期限を書き、対策を選んでください')
    assert.equal(await focused(), 'name="owner"')
    await page.keyboard.type('Tanaka ')
    await pressHook('give', '担当か期限を書き、対策を選んでください')
    await page.focus('[data-js-month="1"]')
    await page.keyboard.press('Enter')
    const [due, monthEnd] = await page.evaluate(() => {
      const now = new Date()
      const end = new Date(now.getFullYear(), now.getMonth() + 1, 0).toLocaleDateString('sv')
      return [document.querySelector<HTMLInputElement>('#assign [name="due"]')!.value, end]
    })
    assert.equal(due, monthEnd)
    for (const measure of [first, third]) {
      await page.focus(`#${measure} [name="chosen"]`)
      await page.keyboard.press(' ')
    }
    assert.equal(await message(), '2件を選んでいます')

    // With a finger anywhere on the row, and what is chosen stays so behind a filter.
    await page.click(`#${second} .row__title`)
    assert.equal(await message(), '3件を選んでいます')
    await page.select('[data-js-filter] [name="owner"]', '佐藤')
    assert.deepEqual(await shownMeasures(page), [first])
    await pressHook('give', '3件に入れました')
    assert.equal(await focused(), 'data-js-take-back')
    const want = [
      ['Tanaka', due],
      ['Tanaka', due],
      ['Tanaka', due],
      ['', ''],
    ]
    assert.deepEqual(await given(), want)
    assert.equal(await valueOf(page, second, 'note'), '台帳', 'what was not asked for')

    await pressHook('take-back', '3件を選んでいます')
    assert.deepEqual(await given(), before)
    assert.equal(await focused(), 'data-js-give')
    await pressHook('give', '3件に入れました')
    await pressHook('assign="end"', '')
    assert.ok(!(await visible(page, `#${first} [name="chosen"]`)), 'got a tick box after the end')
    await page.reload()
    await ready(page)
    assert.deepEqual(await given(), want, 'after a reload')

    // Only what is written is given.
    await press(page, '[data-js-assigner] summary')
    await page.waitForSelector('[data-measure] [name="chosen"]')
    await page.type('#assign [name="owner"]', 'Suzuki')
    await press(page, '[data-js-assign="all"]')
    await press(page, '[data-js-give]')
    await until(
      page,
      'the owner',
      (slug) => document.querySelector<HTMLInputElement>(`#${slug} [name="owner"]`)!.value === 'Suzuki',
      fourth,
    )
    assert.deepEqual(await given(), [
      ['Suzuki', due],
      ['Suzuki', due],
      ['Suzuki', due],
      ['Suzuki', ''],
    ])

    await pressHook('assign="end"', '')
    await write(page, first, 'owner', '佐藤')
    await press(page, '[data-js-assigner] summary')
    await page.focus('#assign [name="owner"]')
    const suggested = await page.$eval('#assign [name="owner"]', (field) =>
      [...((field as HTMLInputElement).list?.options ?? [])].map(({ value }) => value),
    )
    assert.deepEqual(suggested, ['Suzuki', '佐藤'], 'the owners suggested')
    expectNoFaults(faults, name)
  })

  test('the address opens a measure, and a button leads to the next open one', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const measures = await measuresOf(page)
    const [first = '', second = '', third = ''] = measures
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-measure]')?.dataset.measure)

    await visit(page, `${site.root}${name}#${third}`)
    assert.equal(await focused(), third, '#measure')
    const open = await page.$$eval(`#${third} details`, (details) => details.map(({ open }) => open))
    assert.deepEqual(open, [true, true], '#measure: its disclosures')
    assert.ok(await inView(page, `#${third} .states`), '#measure: its status is in view')

    await page.evaluate((slug) => (location.hash = slug), second)
    await until(page, 'the focus', (slug) => document.activeElement?.closest('[data-measure]')?.id === slug, second)
    await choose(page, second, 'done')
    await press(page, '[data-js-next]')
    assert.equal(await focused(), third, 'the next after a done one')
    await press(page, '[data-js-next]')
    assert.equal(await focused(), measures[3], 'the next')
    await page.evaluate(() => {
      for (const radio of document.querySelectorAll<HTMLInputElement>('[value="done"]')) radio.click()
    })
    await choose(page, first, 'doing')
    await choose(page, second, 'done')
    await press(page, '[data-js-next]')
    assert.equal(await focused(), first, 'round the end, to one that is begun')
    await choose(page, first, 'na')
    await press(page, '[data-js-next]')
    assert.equal(await textOf(page, '[data-js-message]'), '終わっていない対策はありません')
    await press(page, '[data-js-all="open"]')
    assert.equal(
      (await page.$$('[data-measure] details:not([open])')).length,
      0,
      'closed disclosures after opening all',
    )
    await press(page, '[data-js-all="close"]')
    assert.equal((await page.$$('[data-measure] details[open]')).length, 0, 'open disclosures after closing all')
    expectNoFaults(faults, name)
  })

  test('a whole checklist is done with the keyboard alone', async (browser) => {
    await using site = await serve(siteDir)
    const { page, faults } = await openPage(browser, site.root)
    await page.setViewport({ width: 1280, height: 800 })
    const [name] = checklists(site)
    await visit(page, site.root + name)
    const measures = await measuresOf(page)
    const done: string[] = []
    for (let presses = 0; done.length < measures.length && presses < measures.length * 12; presses++) {
      await page.keyboard.press('Tab')
      const radio = await page.evaluate(() => {
        const { activeElement } = document
        return activeElement instanceof HTMLInputElement && activeElement.type === 'radio'
          ? activeElement.name.replace('status-', '')
          : ''
      })
      if (!radio) continue
      assert.ok(await inView(page, `input[name="status-${radio}"]:focus`), `${radio}: the focus is in view`)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      assert.equal(await statusOf(page, radio), 'done')
      done.push(radio)
    }
    assert.deepEqual(done, measures)
    await saved(page)
    const progress = await page.$$eval('[data-js-progress]', (places) =>
      places.map((place) => place.textContent.trim()),
    )
    for (const text of progress) assert.match(text, /(\d+)件中 \1件 対応済み$/)

    // Note, then back to the radios, and another status on the way to which 対応済み is passed.
    const [first = ''] = measures
    await page.focus(`#${first} .answer__more summary`)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Yamada')
    await page.keyboard.press('Tab')
    assert.equal(await valueOf(page, first, 'owner'), 'Yamada')
    await page.reload()
    await ready(page)
    assert.equal(await valueOf(page, first, 'owner'), 'Yamada', 'after a reload')
    assert.deepEqual(
      await page.$$eval('[data-measure]', (rows) => [
        ...new Set(rows.map((row) => (row as HTMLElement).dataset.status)),
      ]),
      ['done'],
    )
    expectNoFaults(faults, name)
  })

  test('another tab and a page from the history show the same', async (browser) => {
    await using site = await serve(siteDir)
    const [name] = checklists(site)
    const { page: one, faults } = await openPage(browser, site.root)
    const { page: two } = await openPage(browser, site.root)
    await visit(one, site.root + name)
    await visit(two, site.root + name)
    const [first = '', second = ''] = await measuresOf(one)
    // A tab behind another draws nothing, and so takes no clicks.
    await one.bringToFront()
    await choose(one, first, 'doing')
    await two.bringToFront()
    await choose(two, second, 'unknown')
    await one.bringToFront()
    await until(
      one,
      'the answer of the other tab',
      (name) => document.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.value === 'unknown',
      `status-${second}`,
    )
    await until(
      two,
      'the earlier answer of the other tab',
      (name) => document.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.value === 'doing',
      `status-${first}`,
    )

    await visit(one, `${site.root}measures/${first}.html`)
    await choose(one, first, 'done')
    await one.evaluate(() => void setTimeout(() => history.back()))
    await until(one, 'the earlier page', () => document.querySelector('check-list') !== null)
    await ready(one)
    await until(
      one,
      'the answer given since',
      (name) => document.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)?.value === 'done',
      `status-${first}`,
    )
    expectNoFaults(faults, name)
  })

  if (browserName === 'Chromium')
    test('changed measures are marked, and answers of withdrawn ones go on', async (browser, t) => {
      const folder = await mkdtemp(join(tmpdir(), 'edition-'))
      t.after(() => rm(folder, { recursive: true }))
      await cp(siteDir, folder, { recursive: true })
      await using site = await serve(folder)
      const { page, faults } = await openPage(browser, site.root)
      const [name] = checklists(site)
      await visit(page, site.root + name)
      const [changed = '', successor = '', withdrawn = '', untouched = ''] = await measuresOf(page)
      await choose(page, changed, 'done')
      await choose(page, withdrawn, 'doing')
      await write(page, withdrawn, 'note', 'まえのメモ')

      // The next edition: one measure has changed, one was withdrawn, another takes its place.
      const file = join(folder, name)
      const html = await readFile(file, 'utf8')
      const edit = (html: string, slug: string, attribute: RegExp, value: string) => {
        const edited = html.replace(
          new RegExp(`(data-(?:measure|slug)="${slug}"[^>]*?)${attribute.source}`, 'g'),
          `$1${value}`,
        )
        assert.notEqual(edited, html, `${name}: no ${attribute} for ${slug}`)
        return edited
      }
      const texts = ' data-earlier-1="前は、こうでした。" data-check="今は、こうです。"'
      await writeFile(
        file,
        edit(
          edit(html, changed, / data-revision="\d+"/, ` data-revision="9"${texts}`),
          successor,
          / data-revision="1"/,
          ` data-revision="1" data-replaces="${withdrawn} nobody"`,
        ),
      )
      await page.reload()
      await ready(page)

      assert.deepEqual(
        [await statusOf(page, successor), await valueOf(page, successor, 'note')],
        ['doing', 'まえのメモ'],
        'the successor shows the old answer',
      )
      const badges = () =>
        page.$$eval('.answer__changed', (badges) =>
          badges.filter((badge) => badge.checkVisibility()).map((badge) => badge.closest('tr')?.id),
        )
      assert.deepEqual(await badges(), [changed, successor], 'marked as changed')
      assert.equal(
        (await visibleTextOf(page, `#${changed} .answer__changed`)).replaceAll(/\n+/g, '\n'),
        '内容が変わりました。もう一度確認してください\n前の文\n前は、こうでした。\n今の文\n今は、こうです。\n確認しました',
      )
      assert.equal(
        (await visibleTextOf(page, `#${successor} .answer__changed`)).replaceAll(/\n+/g, '\n'),
        '内容が変わりました。もう一度確認してください\n確認しました',
        'where the old text is not known',
      )
      await press(page, `#${changed} [data-js-confirm]`)
      await press(page, `#${successor} [data-js-confirm]`)
      await choose(page, withdrawn, 'na')
      await page.reload()
      await ready(page)
      assert.deepEqual(await badges(), [], 'marked as changed, after the reader has looked')
      assert.deepEqual(
        [await statusOf(page, successor), await valueOf(page, successor, 'note')],
        ['doing', 'まえのメモ'],
        'the successor has an answer of its own',
      )
      assert.equal(await statusOf(page, changed), 'done')
      assert.equal(await statusOf(page, untouched), 'todo')
      expectNoFaults(faults, name)
    })

  if (browserName === 'Chromium')
    test('paper shows the answers, or none', async (browser) => {
      await using site = await serve(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const [name] = checklists(site)
      await visit(page, site.root + name)
      const [first = '', second = ''] = await measuresOf(page)
      await choose(page, first, 'done')
      await write(page, first, 'note', '台帳を作った')
      await page.evaluate(() => (window.print = () => {}))
      await press(page, '[data-js-filter] summary')
      await press(page, '[data-js-filter] [name="overdue"]')
      await page.$$eval('.tools summary', (summaries) =>
        summaries.forEach((summary) => summary.parentElement?.setAttribute('open', '')),
      )
      const paper = async () => {
        await page.emulateMediaType('print')
        const got = {
          rows: await shownMeasures(page),
          memo: await visibleTextOf(page, `#${first} .rows__memo`),
          controls: await page.$$eval(
            '.states, .button, .tools, .bar, input, select',
            (parts) => parts.filter((part) => part.checkVisibility()).length,
          ),
        }
        await page.emulateMediaType('screen')
        return got
      }
      const before = await page.title()
      const today = await page.evaluate(() => new Date().toLocaleDateString('sv'))
      const [year, month, day] = today.split('-').map(Number)
      /** What a file of the print is called, and what stands at the head of it. */
      const head = async () => {
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
        await page.emulateMediaType('print')
        const fields = await page.$$eval('.form__field dd', (fields) => fields.map((field) => field.innerText))
        await page.emulateMediaType('screen')
        return [await page.title(), ...fields.slice(0, 2)]
      }
      await press(page, '[data-js-print="state"]')
      assert.deepEqual(await paper(), { rows: [], memo: '', controls: 0 }, 'as narrowed down')
      assert.deepEqual(await head(), [`${before} ${today}`, '', `${year}年${month}月${day}日`])
      await page.evaluate(() => dispatchEvent(new Event('afterprint')))
      assert.equal(await page.title(), before)

      await press(page, '[data-js-print="blank"]')
      assert.deepEqual(await paper(), { rows: await measuresOf(page), memo: '', controls: 0 }, 'the blank form')
      assert.deepEqual(await head(), [before, '', ''], 'the blank form')
      await page.evaluate(() => dispatchEvent(new Event('afterprint')))

      await page.evaluate(() => {
        const saved = JSON.parse(localStorage.getItem('tebiki')!) as {
          companies: { first: { name: string; at: Record<string, string> } }
        }
        const { first } = saved.companies
        first.name = 'みほん商会'
        first.at.name = new Date().toISOString()
        localStorage.setItem('tebiki', JSON.stringify(saved))
      })
      await page.reload()
      await ready(page)
      const title = `みほん商会 ${before} ${today}`
      assert.deepEqual(await head(), [title, 'みほん商会', `${year}年${month}月${day}日`])
      await page.evaluate(() => dispatchEvent(new Event('afterprint')))
      const pdf = await getDocumentProxy(new Uint8Array(await page.pdf()), { verbosity: 0 })
      assert.equal(((await pdf.getMetadata()).info as { Title: string }).Title, title, 'the title of the file')
      assert.equal(await page.title(), before)
      const got = await paper()
      assert.match(got.memo, /対応済み[\s\S]*台帳を作った/)
      assert.equal(got.rows.length, (await measuresOf(page)).length)
      assert.ok(await visible(page, `#${second} .states`), 'the screen as before')
      expectNoFaults(faults, name)
    })

  test('no answer leaves the page', async (context) => {
    await using site = await serve(siteDir)
    const requests: string[] = []
    const { page, faults } = await openPage(context, site.root)
    page.on('request', (request) => {
      // The browser keeps the fragment of an address to itself; puppeteer tells it.
      requests.push([request.method(), request.url().replace(/#.*/, ''), JSON.stringify(request.headers())].join(' '))
    })
    const [name, other] = checklists(site)

    // From the questions to a link for others, as a reader goes.
    await page.goto(`${site.root}flow.html#owner=company&remote=yes&save=no&work=limited`)
    await page.waitForSelector('.flow__company [data-js-add]', { visible: true })
    await press(page, '.flow__company [data-js-add]')
    await visit(page, site.root + name)
    const [first = '', second = ''] = await measuresOf(page)
    await choose(page, first, 'na')
    await write(page, first, 'reason', 'himitsu')
    await choose(page, second, 'unknown')
    await press(page, '[data-js-filter] summary')
    await press(page, '[data-js-filter] [name="open"]')
    await visit(page, `${site.root}measures/${first}.html`)
    await visit(page, `${site.root}${other}#${second}`)
    await page.goto(`${site.root}workspace.html`)
    await page.waitForSelector('.record')
    await page.$eval('#new-company', (field) => {
      ;(field as HTMLInputElement).value = 'himitsu'
      ;(field as HTMLInputElement).form?.requestSubmit()
    })
    await page.$eval('share-link [name="notes"]', (tick) => (tick as HTMLElement).click())
    await page.$eval('#share-company', (select) => {
      ;(select as HTMLSelectElement).selectedIndex = 0
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await page.$eval('share-link [type="submit"]', (button) => (button as HTMLElement).click())
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#share-url')?.value)
    const link = await page.$eval('#share-url', (field) => (field as HTMLInputElement).value)
    await page.goto('about:blank')
    await page.goto(link)
    await page.waitForSelector('.copy')
    await page.$eval('.copy a', (measure) => (measure as HTMLElement).click())
    await until(page, 'the measure', () => location.pathname.includes('/measures/'))

    // A data: address is asked of nobody.
    const ours = new RegExp(`^GET (data:|about:blank |${RegExp.escape(site.root)}[\\w/-]+\\.(html|css|js|svg) )`)
    assert.deepEqual(
      requests.filter((request) => !ours.test(request)),
      [],
      'requests other than for files of the site',
    )
    const told = [first, 'himitsu', 'limited', link.slice(-40)].map((word) => [
      word,
      requests.filter((request) => request.includes(word) && !request.includes(`/measures/${word}.html`)),
    ])
    assert.deepEqual(
      told.filter(([, found]) => found!.length > 0),
      [],
      'requests that tell an answer',
    )
    assert.ok(requests.length > 8, `got ${requests.length} requests, want some`)
    expectNoFaults(faults, name)
  })

  if (browserName === 'Chromium')
    test('every state can be used by everyone', async (browser, t) => {
      await using site = await serve(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const [name] = checklists(site)
      await visit(page, site.root + name)
      const [first = '', second = '', third = ''] = await measuresOf(page)
      const states: [string, () => Promise<unknown>][] = [
        ['as loaded', async () => {}],
        [
          'answered',
          async () => {
            await choose(page, first, 'done')
            await choose(page, second, 'unknown')
            await choose(page, third, 'na')
          },
        ],
        ['disclosures open', () => press(page, '[data-js-all="open"]')],
        [
          'written',
          async () => {
            await write(page, first, 'note', 'W'.repeat(200))
            await write(page, first, 'owner', '長い名前'.repeat(20))
            await write(page, second, 'due', '2020-01-31')
            await press(page, '[data-js-all="close"]')
          },
        ],
        [
          'changed',
          async () => {
            // As in the next edition: put in anew, a box reads what its measure is now.
            await page.$eval(`answer-box[data-slug="${first}"]`, (box) => {
              Object.assign((box as HTMLElement).dataset, { revision: '9', check: '今は、こうです。' })
              box.setAttribute('data-earlier-1', '前は、こうでした。')
              box.parentElement!.append(box)
            })
            await page.waitForFunction(() => {
              dispatchEvent(new Event('pageshow'))
              return document.querySelector('.answer__changed')?.checkVisibility()
            })
          },
        ],
        [
          'choosing',
          async () => {
            await press(page, '[data-js-assigner] summary')
            await press(page, `#${third} [name="chosen"]`)
          },
        ],
        [
          'given to several',
          async () => {
            await page.type('#assign [name="owner"]', '田中')
            await press(page, '[data-js-give]')
            await until(page, 'the way back', () => document.activeElement?.matches('[data-js-take-back]') ?? false)
          },
        ],
        [
          'filters on',
          async () => {
            await press(page, '[data-js-assign="end"]')
            await press(page, '[data-js-filter] summary')
            await press(page, '[data-js-filter] [name="overdue"]')
          },
        ],
        [
          'nothing kept',
          () =>
            page.$$eval('[data-js-save-notice]', (notices) =>
              notices.forEach((notice) => notice.removeAttribute('hidden')),
            ),
        ],
        ["a measure's page", () => visit(page, `${site.root}measures/${second}.html`)],
      ]
      for (const [state, reach] of states) {
        await t.test(state, async () => {
          await page.setViewport({ width: 1280, height: 900 })
          await reach()
          expectNoFaults(await viewFindings(page), state)
        })
      }
      expectNoFaults(faults, name)
    })
})

// What a reader does and sees

function checklists(site: Site): [string, string] {
  const [first, second] = site.pages.filter((page) => kindOf(page) === 'checklists/*').reverse()
  assert.ok(first !== undefined && second !== undefined, `${site.root}: got fewer than two checklists/*.html`)
  return [first, second]
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await ready(page)
}

/** Waits until the page shows what is stored. */
async function ready(page: Page): Promise<void> {
  await until(page, 'the answers', () => {
    const boxes = [...document.querySelectorAll<HTMLElement>('answer-box')]
    return boxes.length > 0 && boxes.every((box) => box.dataset.status)
  })
}

function measuresOf(page: Page): Promise<string[]> {
  return page.$$eval('[data-measure]', (rows) => rows.map((row) => (row as HTMLElement).dataset.measure ?? ''))
}

function shownMeasures(page: Page): Promise<string[]> {
  return page.$$eval('[data-measure]', (rows) =>
    rows.filter((row) => row.checkVisibility()).map((row) => (row as HTMLElement).dataset.measure ?? ''),
  )
}

/** A measure with a priority that another checklist has, too. */
async function sharedMeasure(page: Page, site: Site, other: string): Promise<string> {
  const measures = await measuresOf(page)
  const second = await page.browserContext().newPage()
  await visit(second, site.root + other)
  const others = await measuresOf(second)
  await second.close()
  const measure = measures.reverse().find((measure) => others.includes(measure))
  assert.ok(measure !== undefined, `${other}: got no measure of the other checklist`)
  return measure
}

async function choose(page: Page, measure: string, status: Status): Promise<void> {
  await press(page, `input[name="status-${measure}"][value="${status}"]`)
  await saved(page)
}

function statusOf(page: Page, measure: string): Promise<string> {
  return page.$eval(`input[name="status-${measure}"]:checked`, (radio) => radio.value)
}

/** Fills in a field of a measure as a paste would, and leaves it. */
async function write(page: Page, measure: string, field: string, text: string): Promise<void> {
  await page.$eval(
    `answer-box[data-slug="${measure}"] [name="${field}"]`,
    (element, text) => {
      const field = element as HTMLInputElement
      field.closest('details')?.setAttribute('open', '')
      field.focus({ preventScroll: true })
      field.value = text
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      field.blur()
    },
    text,
  )
  await saved(page)
}

function valueOf(page: Page, measure: string, field: string): Promise<string> {
  return page.$eval(
    `answer-box[data-slug="${measure}"] [name="${field}"]`,
    (element) => (element as HTMLInputElement).value,
  )
}

function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent.trim())
}

function visibleTextOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => (element.checkVisibility() ? (element as HTMLElement).innerText.trim() : ''))
}

function visible(page: Page, selector: string): Promise<boolean> {
  return page.$eval(selector, (element) => element.checkVisibility())
}

/** Whether an element lies in the window with nothing over it. */
async function inView(page: Page, selector: string): Promise<boolean> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return page.$eval(selector, (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const hit = (y: number) => document.elementFromPoint((left + right) / 2, y)
    return [top + 2, bottom - 2].every((y) => element.contains(hit(y)))
  })
}
