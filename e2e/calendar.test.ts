// The calendar that is made of the answers: on the web and from the unzipped folder, on the page, on
// paper, and as a file that ical.js reads.
import ICAL from 'ical.js'
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { axeFindings } from './axe.ts'
import {
  eventually,
  expectNoFaults,
  forEachBrowser,
  keepWhatLeaves,
  launchChromium,
  nextFile,
  openPage,
  press,
  saved,
} from './browser.ts'
import { editionsOf, serve, siteDir, unzip } from './site.ts'

const method = 'company-vpn'
const [due, again, late, done, noted, missed] = [
  'few-admins',
  'backup',
  'public-wifi',
  'antivirus',
  'device-register',
  'account-review',
] as const

/** Names and notes that try to be more than text, of a calendar too. */
const hostile = '<b>株式会社</b>;,\\n=1+1 𠮷野 👩‍💻 \u202eabc'
const owner = `${hostile} ${'漢'.repeat(300)}`
const secret = 'BEGIN:VEVENT\nSUMMARY:秘密のメモ'

interface Shown {
  day: string
  title: string
  details: string
}

forEachBrowser('the calendar says what was answered', async (browser, t, browserName) => {
  for (const [where, open] of editionsOf('calendar', browserName)) {
    await t.test(where, async (t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await keepWhatLeaves(page)
      await answer(page, site.root)
      await openCalendar(page, site.root)

      await t.test('what comes stands on the page, by day, and what is late before it', async () => {
        const coming = await shown(page, 'coming')
        assert.deepEqual(
          coming.map(({ day }) => day),
          coming.map(({ day }) => day).sort(),
        )
        const titles = coming.map(({ title }) => title)
        assert.ok(
          titles.some((title) => /^期限: .*管理者になれる人を減らす/.test(title)),
          titles.join('\n'),
        )
        assert.ok(
          titles.some((title) => /^繰り返し: .*バックアップを取る/.test(title)),
          titles.join('\n'),
        )
        assert.ok(titles.includes('チェックリスト全体の見直し'), titles.join('\n'))
        assert.equal(coming.find(({ day }) => day === dueDay)?.details, `担当: ${owner}`)
        assert.equal(coming.find(({ title }) => title.startsWith('繰り返し'))?.details, '以後6か月ごと')
        const past = await shown(page, 'late')
        assert.deepEqual(
          past.map(({ day, title }) => `${day} ${title.split(':')[0]}`),
          ['2020-01-01 期限', '2020-04-28 繰り返し'],
        )
        assert.match(past[0]!.title, /公衆Wi-Fi/)
        assert.match(past[1]!.details, /すぐに行う予定として入ります/)
      })

      await t.test('products that are ticked are kept, those that have ended are told first', async () => {
        const before = (await shown(page, 'coming')).length
        for (const product of ['windows-10', 'windows-11-25h2']) await tick(page, product)
        await eventually('end', async () => (await shown(page, 'coming')).length > before)
        await eventually('save', async () =>
          /\d\d:\d\d/.test(await page.$eval('save-state', (line) => line.textContent)),
        )
        await page.reload()
        await eventually('calendar', async () => (await shown(page, 'coming')).length > before)
        assert.deepEqual(
          await page.$$eval('[data-js-product]:checked', (all) =>
            all.map((box) => (box as HTMLElement).dataset.jsProduct),
          ),
          ['windows-10', 'windows-11-25h2'],
        )
        assert.match((await shown(page, 'late'))[0]!.title, /^サポートが終わる日: Windows 10 22H2/)
        const ends = (await shown(page, 'coming')).filter(({ title }) => title.startsWith('サポート'))
        assert.deepEqual(
          ends.map(({ day, title }) => `${day} ${title.split(':')[0]}`),
          ['2027-07-12 サポートが終わる3か月前', '2027-10-12 サポートが終わる日'],
        )
      })

      await t.test('the file holds what the page shows, and no more', async () => {
        const [first, name] = await save(page)
        assert.match(name, /^カレンダー-.*\.ics$/)
        expectLines(first)
        assert.ok(!first.includes('秘密'), 'notes are in the file')
        const events = read(first)
        const late = (await shown(page, 'late')).length
        assert.ok(late > 1, 'nothing is late')
        assert.ok(
          (await page.$eval('[data-js-message]', (line) => line.textContent)).endsWith(
            `日を過ぎている${late - 1}件は、ファイルに入っていません。`,
          ),
        )
        const coming = await shown(page, 'coming')
        // What should have come again is to be done now, and from now on it is counted anew.
        const [now, ...then] = events
        assert.ok(now!.uid.endsWith(`-again-${missed}`), now!.uid)
        assert.ok(
          [0, 1, 2, 3].some((days) => String(now!.startDate) === localDay(days)),
          String(now!.startDate),
        )
        assert.equal(String(now!.component.getFirstPropertyValue('rrule')), 'FREQ=MONTHLY;INTERVAL=3')
        assert.ok(now!.description.includes('2020年4月28日に行う予定でした。'), now!.description)
        assert.deepEqual(
          then.map(({ summary, startDate }) => `${String(startDate)} ${summary}`),
          coming.map(({ day, title }) => `${day} ${title}`),
        )
        const of = (kind: string, slug: string) =>
          events.find(({ uid }) => uid.endsWith(`-${kind}-${slug}`)) ?? assert.fail(`no ${kind} ${slug}`)
        const lines = of('due', due).description.split('\n')
        // A name has one line, and nothing that turns the direction of writing.
        assert.deepEqual(lines.slice(0, 2), [
          `会社: ${hostile.replace('\u202e', ' ').replace('  ', ' ')}`,
          `担当: ${owner}`,
        ])
        assert.equal(lines.length, where === 'on the web' ? 4 : 3)
        assert.equal(
          of('due', due).component.getFirstPropertyValue('url'),
          where === 'on the web' ? `${site.root}measures/${due}.html` : null,
        )
        assert.equal(String(of('again', again).component.getFirstPropertyValue('rrule')), 'FREQ=MONTHLY;INTERVAL=6')
        assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length)

        // Nothing has changed: a second file is the first.
        assert.equal((await save(page))[0], first)
      })

      await t.test('a second file changes the events of the first', async () => {
        const [first] = await save(page)
        const second = () => Math.floor(Date.now() / 1000)
        const saving = second()
        // Calendars know no smaller step.
        await eventually('next second', async () => second() > saving)
        await page.goto(`${site.root}checklists/${method}.html`)
        await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
        await setField(page, due, 'due', laterDay)
        await saved(page)
        await openCalendar(page, site.root)
        const [before, after] = [first, (await save(page))[0]].map(
          (text) => new Map(read(text).map((event) => [event.uid, event])),
        )
        assert.deepEqual([...after!.keys()].sort(), [...before!.keys()].sort())
        const [uid = ''] = [...before!.keys()].filter((uid) => uid.endsWith(`-due-${due}`))
        assert.deepEqual(
          [before, after].map((events) => String(events!.get(uid)!.startDate)),
          [dueDay, laterDay],
        )
        for (const [uid, { sequence }] of after!) assert.ok(sequence >= before!.get(uid)!.sequence, uid)
        assert.ok(after!.get(uid)!.sequence > before!.get(uid)!.sequence, 'a later state has a higher number')
      })
      expectNoFaults(faults, where)
    })
  }
})

forEachBrowser('what is late is told alike wherever it is told', async (browser) => {
  await using site = await serve(siteDir)
  const { page, faults } = await openPage(browser, site.root)
  await page.goto(`${site.root}index.html`)
  await page.evaluate((method) => {
    const at = { status: '2020-01-01T00:00:00.000Z' }
    const answers = {
      'account-review': { status: 'done', revision: 9, checked: '2020-01-31', at },
      // Nobody has said when it was checked: from the day of its answer on.
      backup: { status: 'done', revision: 9, at },
      // It was in time, and is to be looked at again for another reason.
      'few-admins': { status: 'done', revision: 0, due: '2020-01-31', checked: '2020-01-31', at },
      antivirus: { status: 'doing', revision: 9, due: '2020-01-31', at },
    }
    const company = { name: '甲社', methods: [method], answers, at: { name: at.status } }
    localStorage.setItem(
      'tebiki',
      JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: {} }),
    )
  }, method)
  const text = (selector: string) => page.$eval(selector, (place) => place.textContent)
  const words = '期限を過ぎた対策が1件あります。繰り返す日を過ぎた対策が2件あります。'
  for (const [address, place] of [
    ['workspace.html', '[data-js-due]'],
    [`checklists/${method}.html`, '[data-js-due]'],
    ['show/boss.html', '[data-js-state]'],
  ] as const) {
    await page.goto(site.root + address)
    await eventually(`words of ${address}`, async () => (await text(place)).startsWith(words))
  }
  await page.goto(`${site.root}checklists/${method}.html`)
  await press(page, '[data-js-overdue]')
  assert.equal(await text('[data-js-overdue]'), '日を過ぎた対策 3件')
  const lines = () =>
    page.$$eval('[data-measure]', (rows) =>
      rows
        .filter((row) => row.checkVisibility())
        .map((row) => `${(row as HTMLElement).dataset.measure} ${row.querySelector('.overdue')?.textContent}`),
    )
  await eventually('filter', async () => (await lines()).length === 3)
  assert.deepEqual((await lines()).sort(), [
    'account-review 繰り返す日（2020年4月28日）を過ぎています',
    'antivirus 期限を過ぎています',
    'backup 繰り返す日（2020年7月1日）を過ぎています',
  ])
  await page.goto(`${site.root}show/companies.html`)
  await page.waitForSelector('company-table tbody tr')
  const cells = await page.$eval('company-table', (table) => {
    const heads = [...table.querySelectorAll<HTMLElement>('th[data-by]')]
    const row = table.querySelector<HTMLTableRowElement>('tbody tr')!
    return ['overdue', 'repeat'].map(
      (by) => row.cells[heads.findIndex(({ dataset }) => dataset.by === by)]!.textContent,
    )
  })
  assert.deepEqual(cells, ['1', '2'])
  await page.goto(`${site.root}show/calendar.html`)
  await eventually('calendar', async () => (await shown(page, 'late')).length > 0)
  assert.deepEqual(
    (await shown(page, 'late')).map(({ day, title }) => `${day} ${title.split(':')[0]}`),
    ['2020-01-31 期限', '2020-04-28 繰り返し', '2020-07-01 繰り返し', '2021-01-01 チェックリスト全体の見直し'],
  )
  expectNoFaults(faults, 'late')
})

forEachBrowser('of several companies, each calendar names its own', async (browser) => {
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  await keepWhatLeaves(page)
  await page.goto(`${site.root}show/calendar.html`)
  await page.evaluate((method) => {
    const at = { name: '2026-11-01T00:00:00.000Z' }
    const answers = { antivirus: { status: 'todo', revision: 9, due: '2099-01-02', at: { status: at.name } } }
    const companies = Object.fromEntries(
      ['first', 'other'].map((id) => [id, { name: `${id}社`, methods: [method], answers, at }]),
    )
    localStorage.setItem('tebiki', JSON.stringify({ format: 1, companies, current: 'first', at: {} }))
  }, method)
  const uids = []
  for (const id of ['first', 'other']) {
    await page.evaluate((id) => {
      const saved = JSON.parse(localStorage.getItem('tebiki')!)
      localStorage.setItem(
        'tebiki',
        JSON.stringify({ ...saved, current: id, at: { current: `2026-11-0${id.length}T00:00:00.000Z` } }),
      )
    }, id)
    await openCalendar(page, site.root)
    const events = read((await save(page))[0])
    assert.ok(
      events.length > 0 && events.every(({ summary }) => summary.endsWith(`（${id}社）`)),
      String(events.map(({ summary }) => summary)),
    )
    uids.push(...events.map(({ uid }) => uid))
    await eventually('save', () =>
      page.evaluate((id) => JSON.parse(localStorage.getItem('tebiki')!).companies[id]['calendar.id'] !== undefined, id),
    )
  }
  assert.equal(new Set(uids).size, uids.length, uids.join('\n'))
})

forEachBrowser(
  'where pages do not know of each other, the answers go along, and products can be ticked',
  async (browser) => {
    await using site = await unzip(siteDir)
    await rm(fileURLToPath(`${site.root}hub.html`))
    const { page } = await openPage(browser, site.root)
    await keepWhatLeaves(page)
    await page.goto(`${site.root}checklists/${method}.html`)
    await eventually('checklist', () => page.$eval('check-list[data-ready]', () => true))
    await page.$eval(`[name="status-${due}"][value="doing"]`, (radio) => (radio as HTMLInputElement).click())
    await setField(page, due, 'due', dueDay)
    await Promise.all([page.waitForNavigation(), page.$eval('show-link a', (link) => (link as HTMLElement).click())])
    const link = 'a[href*="show/calendar.html"]'
    await eventually('address with answers', () =>
      page.$eval(link, (link) => (link as HTMLAnchorElement).hash.includes('share=')),
    )
    await Promise.all([page.waitForNavigation(), page.$eval(link, (link) => (link as HTMLElement).click())])
    await eventually('answers', async () => (await shown(page, 'coming')).some(({ day }) => day === dueDay))
    await tick(page, 'windows-11-25h2')
    await eventually('end', async () => (await shown(page, 'coming')).some(({ title }) => title.startsWith('サポート')))
    const [text] = await save(page)
    assert.equal(read(text).length, (await shown(page, 'coming')).length)
  },
)

test('without script the page says what is needed, and what a calendar file is', async () => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  const { page } = await openPage(browser, site.root)
  await page.setJavaScriptEnabled(false)
  await page.goto(`${site.root}show/calendar.html`)
  const text = await page.$eval('main', (main) => (main as HTMLElement).innerText)
  for (const want of [
    '予定は、チェックリストの答えから作ります',
    'カレンダーのファイル（.ics）は、',
    '8-1 バックアップを取る （6か月ごと）',
  ])
    assert.ok(text.includes(want), `got no ${want}`)
  assert.equal(
    await page.$$eval(
      'button[data-js-save], [data-js-product]',
      (all) => all.filter((one) => one.checkVisibility()).length,
    ),
    0,
  )
  assert.ok(
    (await page.$$eval('main a[href*="checklists/"]', (all) => all.filter((one) => one.checkVisibility()).length)) > 0,
  )
})

forEachBrowser('the calendar alone is printed', async (browser) => {
  await using site = await serve(siteDir)
  const page = await filled(await browser.newPage(), site.root)
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })), { verbosity: 0 })
  const text = (await extractText(pdf, { mergePages: true })).text.normalize('NFKC').replace(/\s+/g, '')
  assert.ok(text.includes('これからの予定'), text)
  assert.ok(text.includes('サポートが終わる3か月前:Windows11'), text)
  for (const screen of ['使っている製品に印を付ける', 'ファイルを保存する', '予定に入るもの', '記録する会社'])
    assert.ok(!text.includes(screen), screen)
  assert.equal(pdf.numPages, 1)
})

test('everyone can use the page when it is filled', async () => {
  await using browser = await launchChromium()
  await using site = await serve(siteDir)
  const page = await filled(await browser.newPage(), site.root)
  await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)))
  for (const [width, scheme] of [
    [320, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewport({ width, height: 800 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    assert.deepEqual(await axeFindings(page), [])
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      `${width} scrolls sideways`,
    )
  }
})

const dueDay = '2099-12-18'
const laterDay = '2100-01-15'

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
    [due, 'doing'],
    [again, 'done'],
    [late, 'todo'],
    [done, 'done'],
    [noted, 'unknown'],
    [missed, 'done'],
  ] as const)
    await page.$eval(`[name="status-${measure}"][value="${status}"]`, (radio) => (radio as HTMLInputElement).click())
  await setField(page, due, 'due', dueDay)
  await setField(page, due, 'owner', owner)
  await setField(page, due, 'note', secret)
  await setField(page, noted, 'note', secret)
  await setField(page, late, 'due', '2020-01-01')
  await setField(page, missed, 'checked', '2020-01-31')
  await saved(page)
}

function setField(page: Page, measure: string, name: string, value: string): Promise<void> {
  return page.$eval(
    `[data-slug="${measure}"] [name="${name}"]`,
    (field, value) => {
      ;(field as HTMLInputElement).value = value
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    },
    value,
  )
}

async function openCalendar(page: Page, root: string): Promise<void> {
  await page.goto(`${root}show/calendar.html`)
  await eventually('calendar', () => page.$eval('[data-js-coming] li', (item) => item.checkVisibility()))
}

/** Opens the calendar of a company that came in a link, with products ticked. */
async function filled(page: Page, root: string): Promise<Page> {
  await page.goto(`${root}show/calendar.html`)
  await page.evaluate((method) => {
    const time = '2026-11-20T00:00:00.000Z'
    const measures = [
      ...document
        .querySelector<HTMLTemplateElement>('[data-js-catalogue]')!
        .content.querySelectorAll<HTMLElement>('[data-js-measure]'),
    ]
    const answers = Object.fromEntries(
      measures.map(({ dataset }, index) => [
        dataset.jsMeasure!,
        {
          status: index % 2 ? 'done' : 'todo',
          revision: 99,
          owner: `担当${index}`,
          at: { status: time },
          ...(index % 2 ? { checked: '2026-11-20' } : index < 12 && { due: `2099-12-${index + 10}` }),
        },
      ]),
    )
    const company = { name: '甲社', methods: [method], answers, 'product.windows-11-25h2': 'yes', at: { name: time } }
    localStorage.setItem(
      'tebiki',
      JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: {} }),
    )
  }, method)
  await openCalendar(page, root)
  return page
}

function tick(page: Page, product: string): Promise<void> {
  return page.$eval(`[data-js-product="${product}"]`, (box) => (box as HTMLInputElement).click())
}

function shown(page: Page, part: 'coming' | 'late'): Promise<Shown[]> {
  return page.$$eval(`[data-js-${part}] li`, (items) =>
    items.map((item) => ({
      day: item.querySelector('time')!.dateTime,
      title: item.querySelector('[data-js-title]')!.textContent,
      details: item.querySelector('[data-js-details]')!.textContent,
    })),
  )
}

/** The day so many days from now, where the test runs. */
function localDay(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000)
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

function read(text: string): ICAL.Event[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

function expectLines(text: string): void {
  assert.ok(text.endsWith('\r\n'))
  for (const line of text.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, `got ${Buffer.byteLength(line)} octets: ${line}`)
    assert.doesNotMatch(line, /[\r\n\ufffd]/)
  }
}

/** Saves the file: its text, and its name. */
async function save(page: Page): Promise<[text: string, name: string]> {
  await press(page, '[data-js-save]')
  const { name, bytes } = await nextFile(page)
  return [bytes.toString(), name]
}
