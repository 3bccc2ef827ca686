// The flow, as readers go through it: every way by real clicks, back and forth, by keyboard alone,
// from broken addresses, without script, and in another site's frame.
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElementHandle, Frame, Page } from 'puppeteer-core'
import { eventually, expectNoFaults, openPage, press, until } from './browser.ts'
import { viewFindings } from './findings.ts'
import { sideBySide } from './side-by-side.ts'
import { editions, isCut, serve, siteDir, unzip } from './site.ts'

const next = '次へ進む'
const back = '前の質問に戻る'

/** The labels of the answers on every way, and the checklist at its end. */
const ways: [answers: string[], fragment: string, method: string][] = [
  [['会社支給', 'リモートアクセスする', '保存する'], 'owner=company&remote=yes&save=yes', 'company-vpn'],
  [
    ['会社支給', 'リモートアクセスする', '保存しない', 'オフィスと同等の業務'],
    'owner=company&remote=yes&save=no&work=full',
    'company-vpn',
  ],
  [
    ['会社支給', 'リモートアクセスする', '保存しない', '限定された業務'],
    'owner=company&remote=yes&save=no&work=limited',
    'company-browser',
  ],
  [['会社支給', 'リモートアクセスしない', '利用する'], 'owner=company&remote=no&cloud=yes', 'company-cloud'],
  [['会社支給', 'リモートアクセスしない', '利用しない'], 'owner=company&remote=no&cloud=no', 'company-local'],
  [['従業員所有', 'リモートアクセスする', '保存する'], 'owner=employee&remote=yes&save=yes', 'employee-vpn'],
  [
    ['従業員所有', 'リモートアクセスする', '保存しない', 'オフィスと同等の業務'],
    'owner=employee&remote=yes&save=no&work=full',
    'employee-vpn',
  ],
  [
    ['従業員所有', 'リモートアクセスする', '保存しない', '限定された業務'],
    'owner=employee&remote=yes&save=no&work=limited',
    'employee-browser',
  ],
  [['従業員所有', 'リモートアクセスしない', '利用する'], 'owner=employee&remote=no&cloud=yes', 'employee-cloud'],
  [['従業員所有', 'リモートアクセスしない', '利用しない'], 'owner=employee&remote=no&cloud=no', 'employee-local'],
]

/** What a reader has before them. */
interface View {
  /** The labels to choose from; none at the end. */
  choices: string[]
  chosen: string[]
  /** The checklist at the end. */
  method: string
  /** The answers listed, in order. */
  answers: string[]
  /** Questions and ends marked in the diagram. */
  marked: number
  /** What is said in notices and messages. */
  said: string
  heading: string
  fragment: string
}

sideBySide((test, browserName) => {
  for (const [where, open] of editions) {
    test(`every way ends at its checklist ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      for (const [answers, fragment, method] of ways) {
        await t.test(fragment, async () => {
          faults.length = 0
          await visit(page, `${site.root}flow.html`)
          for (const [index, answer] of answers.entries()) {
            const { choices, chosen, answers: listed, heading, marked } = await view(page)
            assert.deepEqual({ chosen, listed, marked }, { chosen: [], listed: answers.slice(0, index), marked: index })
            assert.ok(choices.includes(answer), `got ${choices}, want ${answer} among them`)
            assert.ok(heading.startsWith(`質問 ${index + 1}`), `got ${heading}, want question ${index + 1}`)
            await choose(page, answer)
            await pressWords(page, next)
            await focusIsOnHeading(page)
          }
          const end = await view(page)
          assert.deepEqual(
            {
              choices: end.choices,
              method: end.method,
              answers: end.answers,
              fragment: end.fragment,
              marked: end.marked,
              said: end.said,
            },
            { choices: [], method, answers, fragment, marked: answers.length, said: '' },
          )
          const because = await page.$$eval('[data-js-because]', (texts) =>
            texts
              .filter((text) => text.checkVisibility())
              .map(({ textContent }) => textContent)
              .join(),
          )
          for (const answer of answers) assert.ok(because.includes(answer), `got ${because}, want ${answer} in it`)
          const shared = await page.$eval('[data-js-address]', (input) => (input as HTMLInputElement).value)
          await pressWords(page, 'のチェックリストを開く')
          await arrive(page, `${site.root}checklists/${method}.html`)

          // What was passed on opens the same.
          await visit(page, shared)
          assert.deepEqual(await view(page), end)
          expectNoFaults(faults, fragment)
        })
      }
    })

    test(`the browser goes back and forward through the questions ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, `${site.root}flow.html`)
      const answers = ['会社支給', 'リモートアクセスする', '保存しない']
      const views = [await view(page)]
      for (const answer of answers) {
        await choose(page, answer)
        await pressWords(page, next)
        views.push(await view(page))
      }
      for (let index = answers.length - 1; index >= 0; index--) {
        await history(page, 'back')
        await untilView(page, ({ fragment }) => fragment === views[index]!.fragment)
        assert.deepEqual(await view(page), { ...views[index], chosen: [answers[index]] }, 'back')
        await focusIsOnHeading(page)
      }
      for (let index = 1; index <= answers.length; index++) {
        await history(page, 'forward')
        await untilView(page, ({ fragment }) => fragment === views[index]!.fragment)
        const chosen = answers.slice(index, index + 1)
        assert.deepEqual(await view(page), { ...views[index], chosen }, 'forward')
      }

      expectNoFaults(faults, 'flow.html')

      // From the checklist, too.
      await choose(page, '限定された業務')
      await pressWords(page, next)
      const end = await view(page)
      await pressWords(page, 'のチェックリストを開く')
      await arrive(page, `${site.root}checklists/company-browser.html`)
      await history(page, 'back')
      await untilView(page, ({ method }) => method === 'company-browser')
      assert.deepEqual(await view(page), end)
      await page.evaluate(() => {
        document.documentElement.dataset.before = ''
        setTimeout(() => location.reload())
      })
      await eventually('page loaded again', () =>
        page.evaluate(() => document.querySelector('html:not([data-before]) method-flow[data-state]') !== null),
      )
      assert.deepEqual(await view(page), end)
    })

    test(`answers can be changed ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      await visit(page, `${site.root}flow.html#owner=company&remote=yes&save=no&work=full`)

      // One answer changed leads straight to the new result.
      await change(page, 0)
      assert.deepEqual((await view(page)).chosen, ['会社支給'])
      await choose(page, '従業員所有')
      await pressWords(page, next)
      assert.equal((await view(page)).method, 'employee-vpn')

      // Where another question is needed, it is asked, and nothing else.
      await change(page, 1)
      await choose(page, 'リモートアクセスしない')
      await pressWords(page, next)
      assert.deepEqual((await view(page)).choices, ['利用する', '利用しない'])
      await choose(page, '利用しない')
      await pressWords(page, next)
      assert.equal((await view(page)).method, 'employee-local')

      // Answers off the way are not lost.
      await change(page, 1)
      await choose(page, 'リモートアクセスする')
      await pressWords(page, next)
      assert.equal((await view(page)).method, 'employee-vpn')

      // Step by step.
      await change(page, 3)
      await pressWords(page, back)
      await pressWords(page, back)
      assert.deepEqual((await view(page)).chosen, ['リモートアクセスする'])
      await pressWords(page, next)
      assert.deepEqual((await view(page)).chosen, ['保存しない'])

      await pressWords(page, '最初からやり直す')
      const { chosen, answers, marked, fragment } = await view(page)
      assert.deepEqual({ chosen, answers, marked, fragment }, { chosen: [], answers: [], marked: 0, fragment: '' })
      expectNoFaults(faults, 'flow.html')
    })

    test(`addresses open the nearest question ${where}`, async (browser, t) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      for (const [fragment, choice, answers, notices] of [
        ['owner=employee', 'リモートアクセスする', ['従業員所有'], 0],
        ['owner=company&remote=no', '利用する', ['会社支給', 'リモートアクセスしない'], 0],
        ['main', '会社支給', [], 0],
        ['owner=nobody', '会社支給', [], 1],
        ['nothing', '会社支給', [], 1],
        ['__proto__=yes&%zz=%', '会社支給', [], 1],
        ['owner=company&owner=employee&remote=yes', '会社支給', [], 2],
        ['remote=yes&save=no&work=full', '会社支給', [], 1],
        ['owner=company&work=full', 'リモートアクセスする', ['会社支給'], 1],
        ['owner=company&remote=no&save=yes', '利用する', ['会社支給', 'リモートアクセスしない'], 1],
      ] as const) {
        await t.test(`#${fragment}`, async () => {
          faults.length = 0
          await visit(page, `${site.root}flow.html#${fragment}`)
          const got = await view(page)
          assert.ok(got.choices.includes(choice), `got ${got.choices}, want ${choice} among them`)
          assert.deepEqual(got.answers, answers)
          const sentences = got.said === '' ? 0 : got.said.split('\n').length - 1
          assert.equal(sentences, notices, `got ${sentences} notices, want ${notices}:\n${got.said}`)

          // The notice goes with the next step.
          await choose(page, choice)
          await pressWords(page, next)
          assert.equal((await view(page)).said, '')
          expectNoFaults(faults, fragment)
        })
      }

      await t.test('answers after a gap are used', async () => {
        await visit(page, `${site.root}flow.html#remote=yes&save=no&work=full`)
        await choose(page, '従業員所有')
        await pressWords(page, next)
        assert.equal((await view(page)).method, 'employee-vpn')
      })

      await t.test('addresses that mail has changed', async () => {
        const address = 'flow.html#owner=company&remote=no&cloud=no'
        for (const changed of [
          `${address}。`,
          `${address}&utm_source=mail`,
          address.replaceAll('&', '&amp;'),
          address.replaceAll('=', '%3D'),
          ...(where === 'on the web' ? [address.replace('#', '%23')] : []),
        ]) {
          await page.goto('about:blank')
          await page.goto(site.root + changed)
          await untilView(page, ({ method, said }) => method === 'company-local' && said === '')
        }
      })

      await t.test('an address changed by hand', async () => {
        await page.evaluate(() => (location.hash = '#owner=company&remote=no&cloud=no'))
        await untilView(page, ({ method }) => method === 'company-local')
        await page.evaluate(() => (location.hash = '#main'))
        assert.equal((await view(page)).method, 'company-local', 'an anchor is no answer')
      })
    })

    test(`no answer is said at the question ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page } = await openPage(browser, site.root)
      await visit(page, `${site.root}flow.html`)
      await pressWords(page, next)
      const { said, choices } = await view(page)
      assert.ok(said.includes('答えを一つ選んでください'), `got ${JSON.stringify(said)}, want the message`)
      assert.ok(choices.includes('会社支給'))
      const described = await page.evaluate(() => {
        const focused = document.activeElement
        const group = focused?.closest('fieldset')
        return {
          radio: focused instanceof HTMLInputElement,
          text: document.getElementById(group?.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
        }
      })
      assert.ok(described.radio, 'want the focus on the first answer')
      assert.ok(
        described.text.includes('答えを一つ選んでください'),
        `got ${described.text}, want the group described by the message`,
      )
      await choose(page, '会社支給')
      assert.equal((await view(page)).said, '')
    })

    test(`methods are added to the company ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const company = () => page.$eval('.flow__company', (part) => (part as HTMLElement).innerText)
      const shows = (text: string) =>
        page.waitForFunction(
          (text) => document.querySelector<HTMLElement>('.flow__company')?.innerText.includes(text),
          {},
          text,
        )
      await visit(page, `${site.root}flow.html#owner=company&remote=yes&save=yes`)
      await shows('まだ方式がありません')
      await pressWords(page, 'この方式を会社の一覧に加える')
      await shows('に入っています')
      assert.match(await company(), /の方式は、①/)
      assert.doesNotMatch(await company(), /会社の一覧に加える/)
      assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'want the focus kept')
      await pressWords(page, '②も加える')
      await shows('、②')
      assert.match(await company(), /①.*、② .*は、「.*」に入っています/)
      assert.doesNotMatch(await company(), /も加える/)
      assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'want the focus kept')

      await visit(page, `${site.root}flow.html#owner=employee&remote=no&cloud=yes`)
      await shows('会社の一覧に加える')
      assert.match(await company(), /の方式は、①/)
      assert.doesNotMatch(await company(), /も加える/)
      await pressWords(page, 'この方式を会社の一覧に加える')
      await shows('⑥')
      assert.match(await company(), /の方式は、①.*、⑥/)
      expectNoFaults(faults, 'flow.html')
    })

    test(`the keyboard alone leads to the checklist ${where}`, async (browser) => {
      await using site = await open(siteDir)
      const { page } = await openPage(browser, site.root)
      await visit(page, `${site.root}flow.html`)
      const focused = () =>
        page.evaluate(() => {
          const element = document.activeElement as HTMLElement & Partial<HTMLInputElement>
          const { outlineStyle } = getComputedStyle(element)
          return {
            text: element.labels?.[0]?.textContent ?? element.innerText?.trim() ?? '',
            seen: outlineStyle !== 'none',
          }
        })
      const tabTo = async (text: string) => {
        for (let presses = 0; presses < 40; presses++) {
          await page.keyboard.press('Tab')
          const got = await focused()
          assert.ok(got.seen || got.text === '', `${got.text}: want the focus seen`)
          if (got.text.startsWith(text)) return
        }
        assert.fail(`got no ${text} within 40 presses of Tab`)
      }
      await tabTo('会社支給')
      await page.keyboard.press('ArrowDown')
      assert.equal((await focused()).text, '従業員所有')
      await page.keyboard.press('Enter')
      await focusIsOnHeading(page)

      await tabTo('リモートアクセスする')
      await page.keyboard.press(' ')
      await tabTo('わからない')
      await page.keyboard.press('Enter')
      await tabTo(next)
      await page.keyboard.press('Enter')
      await focusIsOnHeading(page)

      await tabTo('保存する')
      await page.keyboard.press(' ')
      await page.keyboard.press('Enter')
      await focusIsOnHeading(page)
      await tabTo('⑤のチェックリストを開く')
      await page.keyboard.press('Enter')
      await arrive(page, `${site.root}checklists/employee-vpn.html`)
    })

    if (browserName === 'Chromium')
      test(`without script all questions are there ${where}`, async (browser) => {
        await using site = await open(siteDir)
        const { page, faults } = await openPage(browser, site.root)
        const texts = () =>
          page.evaluate(() =>
            [...document.querySelectorAll('fieldset')].map(({ textContent }) => textContent.replaceAll(/\s+/g, '')),
          )
        for (const name of ['flow.html', 'embed/flow.html']) {
          await page.setJavaScriptEnabled(true)
          await visit(page, `${site.root}${name}`)
          const want = (await texts()).map((text) => text.replace(/^質問\d/, ''))
          await page.setJavaScriptEnabled(false)
          await page.goto(`${site.root}${name}`)
          const got = await page.evaluate(() =>
            [...document.querySelectorAll('fieldset')].map((question) => {
              question.querySelector('details')!.open = true
              return question.innerText.replaceAll(/\s+/g, '')
            }),
          )
          assert.deepEqual(got.length, 5)
          for (const [index, text] of got.entries()) {
            // The message for no answer is not to be seen.
            assert.ok(
              want[index]!.replace(/答えを一つ選んでください。.*?開いてください。/, '').startsWith(text.slice(0, 20)),
              `got ${text}\nwant ${want[index]}`,
            )
            for (const part of ['なぜ聞くのか', 'わからない']) assert.ok(text.includes(part), `${text}: want ${part}`)
          }
          // Each answer says where it leads.
          const dead = await page.$$eval('fieldset label', (labels) =>
            labels
              .filter(({ parentElement }) => !parentElement?.querySelector('a')?.checkVisibility())
              .map(({ textContent }) => textContent),
          )
          assert.deepEqual(dead, [], 'answers that lead nowhere')
          const buttons = await page.$$eval('method-flow button', (buttons) =>
            buttons.filter((button) => button.checkVisibility()).map(({ innerText }) => innerText),
          )
          assert.deepEqual(buttons, [], 'buttons that do nothing')
        }
        expectNoFaults(faults, 'flow.html')
      })
  }

  test('where copying is blocked, the address is selected', async (browser) => {
    await using site = await serve(siteDir)
    const { page } = await openPage(browser, site.root)
    await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await visit(page, `${site.root}flow.html#owner=company&remote=no&cloud=no`)
    await pressWords(page, 'アドレスをコピーする')
    await page.waitForFunction(() =>
      document.querySelector<HTMLElement>('.flow__share')?.innerText.includes('コピーできませんでした'),
    )
    const selected = await page.evaluate(() => {
      const { value, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement
      return value.slice(selectionStart ?? 0, selectionEnd ?? 0)
    })
    assert.equal(selected, `${site.root}flow.html#owner=company&remote=no&cloud=no`)
  })

  test('another site shows the flow in a frame', async (browser, t) => {
    // Browsers keep for a frame what came in frames of the same site alone: there is no worker, and both
    // show their own error.
    if (isCut) return t.skip('a first visit leaves nothing for the frames of others')
    await using site = await serve(siteDir)
    const folder = await mkdtemp(join(tmpdir(), 'host-'))
    t.after(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, '_headers'), '/index.html\n  Cross-Origin-Embedder-Policy: require-corp\n')
    const frame = (address: string, attributes = '') =>
      `<iframe width="700" height="700" src="${site.root}${address}" ${attributes}></iframe>`
    const frames = [
      frame('embed/flow.html#owner=employee'),
      frame('embed/flow.html#owner=company', 'sandbox="allow-scripts"'),
      frame('flow.html'),
    ]
    await writeFile(join(folder, 'index.html'), `<!DOCTYPE html><title>host</title>${frames.join('')}`)
    await using host = await serve(folder)
    const page = await browser.newPage()
    // All of it in sight: scrolling the page around a frame takes the browser a moment of its own,
    // and a click in the frame would go past its aim.
    await page.setViewport({ width: 800, height: 2300 })
    // Another site, not only another port: the frame's storage is not the one that the site's own
    // pages have.
    await page.goto(`${host.root.replace('127.0.0.1', 'localhost')}index.html`)
    const shown = await frameWith(page, 'embed/flow.html#owner=employee')
    // While the browser turns the frame away, nobody can look into it.
    await eventually('only the embedded flow may be framed', async () => {
      const frame = page.frames().find((frame) => frame.url().startsWith(`${site.root}flow.html`))
      return !frame || (await frame.$('method-flow').catch(() => undefined)) === null
    })

    for (const answer of ['リモートアクセスしない', '利用する']) {
      await choose(shown, answer)
      await pressWords(shown, next)
    }
    const end = await view(shown)
    assert.deepEqual(
      { method: end.method, answers: end.answers },
      { method: 'employee-cloud', answers: ['従業員所有', 'リモートアクセスしない', '利用する'] },
    )
    const inside = await shown.$$eval('a', (links) =>
      links
        .filter((link) => link.checkVisibility() && !link.getAttribute('href')?.startsWith('#'))
        .filter(({ target, rel }) => target !== '_blank' || rel !== 'noopener')
        .map(({ href }) => href),
    )
    assert.deepEqual(inside, [], 'links that would open in the frame, where they may not')
    const shared = await shown.$eval('[data-js-address]', (input) => (input as HTMLInputElement).value)
    assert.equal(shared, `${site.root}flow.html#owner=employee&remote=no&cloud=yes`)

    // A sandbox takes the frame's origin, not its style and script.
    const sandboxed = await frameWith(page, 'embed/flow.html#owner=company')
    const style = (frame: Frame) =>
      frame.$eval('method-flow [type="submit"]', (button) => getComputedStyle(button).backgroundColor)
    assert.equal(await style(sandboxed), await style(shown))
    for (const answer of ['リモートアクセスしない', '利用する']) {
      await choose(sandboxed, answer)
      await pressWords(sandboxed, next)
    }
    assert.equal((await view(sandboxed)).method, 'company-cloud')

    const opened = new Promise<Page | null>((done) =>
      browser.once('targetcreated', (target) => void target.page().then(done)),
    )
    await pressWords(shown, 'のチェックリストを開く')
    const checklist = await opened
    await checklist?.waitForFunction(
      (end) => location.href.endsWith(end) && document.readyState === 'complete',
      {},
      'checklists/employee-cloud.html',
    )
  })

  if (browserName === 'Chromium')
    test('everyone can use every state', async (browser, t) => {
      await using site = await serve(siteDir)
      const { page, faults } = await openPage(browser, site.root)
      const states: [name: string, address: string, act: () => Promise<void>][] = [
        ['a question', 'flow.html', async () => {}],
        ['no answer', 'flow.html#owner=company', () => pressWords(page, next)],
        ['help', 'flow.html#owner=company&remote=yes', () => pressWords(page, 'わからない')],
        ['a chosen answer', 'flow.html#owner=company&remote=no', () => choose(page, '利用する')],
        ['notices', 'flow.html#remote=yes&owner=nobody&x=1&save=yes&save=no', async () => {}],
        ['a result', 'flow.html#owner=company&remote=yes&save=no&work=full', async () => {}],
        [
          'a result in the company',
          'flow.html#owner=employee&remote=yes&save=no&work=limited',
          async () => {
            await pressWords(page, 'この方式を会社の一覧に加える')
            await page.waitForFunction(() =>
              document.querySelector<HTMLElement>('.flow__company')?.innerText.includes('に入っています'),
            )
          },
        ],
        ['a question in a frame', 'embed/flow.html#owner=company', () => pressWords(page, next)],
        ['a result in a frame', 'embed/flow.html#owner=company&remote=no&cloud=yes', async () => {}],
      ]
      for (const [name, address, act] of states) {
        await t.test(name, async () => {
          faults.length = 0
          await visit(page, site.root + address)
          await act()
          expectNoFaults(await viewFindings(page), name)
          expectNoFaults(faults, address)
        })
      }
    })

  if (browserName === 'Chromium')
    test('nothing jumps when the script comes', async (browser) => {
      await using site = await serve(siteDir)
      const { page } = await openPage(browser, site.root)
      await page.evaluateOnNewDocument(() => {
        const shifts: number[] = []
        new PerformanceObserver((list) =>
          shifts.push(...list.getEntries().map((entry) => (entry as PerformanceEntry & { value: number }).value)),
        ).observe({ type: 'layout-shift', buffered: true })
        Object.assign(window, { shifts })
      })
      for (const width of [360, 1280]) {
        await page.setViewport({ width, height: 800 })
        await visit(page, `${site.root}flow.html`)
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        const shifts = await page.evaluate(() => (window as typeof window & { shifts: number[] }).shifts)
        assert.deepEqual(shifts, [], `${width}: layout shifts`)
      }
    })

  test('the whole flow is shown when the script does not come', async (browser) => {
    await using site = await unzip(siteDir)
    for (const script of globSync('assets/*.js', { cwd: new URL(site.root) })) await rm(new URL(script, site.root))
    const page = await browser.newPage()
    await page.goto(`${site.root}flow.html`)
    const shown = () =>
      page.$$eval('fieldset, fieldset a', (parts) =>
        parts.every((part) => part.checkVisibility({ checkVisibilityCSS: true })),
      )
    // Back at the beginning, however long it took until here.
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) {
        animation.pause()
        animation.currentTime = 0
      }
    })
    assert.equal(await shown(), false, 'while the script may still come')
    const delays = await page.evaluate(() =>
      document.getAnimations().map((animation) => {
        animation.finish()
        return Number(animation.effect?.getComputedTiming().endTime)
      }),
    )
    assert.ok(
      delays.length > 0 && Math.max(...delays) <= 5000,
      `got ${delays} ms until all is shown, want 5 seconds at most`,
    )
    assert.ok(await shown())
  })
})

/**
 * Opens an address anew: from one fragment to another of the same page there would be no loading.
 */
async function visit(page: Page, url: string): Promise<void> {
  if (page.url().split('#')[0] === url.split('#')[0]) await page.goto('about:blank')
  await page.goto(url)
  await page.waitForSelector('method-flow[data-state]')
}

function view(page: Page | Frame): Promise<View> {
  return page.evaluate(() => {
    const seen = <T extends HTMLElement>(selector: string) =>
      [...document.querySelectorAll<T>(selector)].filter((element) => element.checkVisibility())
    const labels = (radios: HTMLInputElement[]) => radios.map((radio) => radio.labels?.[0]?.textContent ?? '')
    const radios = seen<HTMLInputElement>('method-flow [type="radio"]')
    const links = seen<HTMLAnchorElement>('method-flow a[href*="checklists/"]')
    return {
      choices: labels(radios),
      chosen: labels(radios.filter(({ checked }) => checked)),
      method: links.map(({ href }) => /([\w-]+)\.html$/.exec(href)?.[1]).join(),
      answers: seen('.flow__row dd b').map(({ textContent }) => textContent),
      marked: document.querySelectorAll('.tree [data-taken]').length,
      said: seen('method-flow :is(.flow__notice, [data-js-missing])')
        .map(({ innerText }) => innerText.replaceAll(/\n+/g, '\n'))
        .join('\n'),
      heading: seen('method-flow h2')
        .map(({ innerText }) => innerText.replaceAll(/\s+/g, ' '))
        .join(),
      fragment: location.hash.slice(1),
    }
  })
}

async function choose(page: Page | Frame, label: string): Promise<void> {
  await click(page, 'method-flow label', label)
}

/** Presses the button, link or summary whose words contain the given ones. */
async function pressWords(page: Page | Frame, words: string): Promise<void> {
  await click(page, 'method-flow :is(button, a, summary)', words)
}

/** Clicks what a press before may still be drawing. */
async function click(page: Page | Frame, selector: string, words: string): Promise<void> {
  const find = () =>
    page.evaluateHandle(
      (selector, words) => {
        const seen = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
          element.checkVisibility(),
        )
        return (
          seen.find(({ textContent }) => textContent === words) ??
          seen.find(({ textContent }) => textContent.includes(words)) ??
          null
        )
      },
      selector,
      words,
    )
  let element: ElementHandle<HTMLElement> | null = null
  await eventually(`visible ${selector} with ${words}`, async () => {
    element = (await find()).asElement() as ElementHandle<HTMLElement> | null
    return element !== null
  })
  await press(page, element!)
}

async function change(page: Page, index: number): Promise<void> {
  await press(page, (await page.$$('.flow__row a'))[index]!)
  await focusIsOnHeading(page)
}

/** Waits for it: a browser scrolls a little later. */
async function focusIsOnHeading(page: Page): Promise<void> {
  await until(page, 'focus on the heading, in sight', () => {
    const { activeElement } = document
    const { top, bottom } = activeElement!.getBoundingClientRect()
    return (activeElement?.matches('method-flow h2') ?? false) && top >= 0 && bottom <= innerHeight
  })
}

/** Not page.goBack: in Firefox it waits for a load that does not come. */
async function history(page: Page, way: 'back' | 'forward'): Promise<void> {
  await page.evaluate((way) => void setTimeout(() => window.history[way]()), way)
}

/**
 * Not page.waitForNavigation or page.goto: in Firefox they do not come back once the history was
 * used.
 */
async function arrive(page: Page, url: string): Promise<void> {
  await eventually(`page at ${url}`, () =>
    page.evaluate((url) => location.href === url && document.readyState === 'complete', url),
  )
}

async function untilView(page: Page, condition: (view: View) => boolean): Promise<void> {
  let got: View | undefined
  await eventually('right step', async () => condition((got = await view(page)))).catch((error: unknown) => {
    throw new Error(`got ${JSON.stringify(got)}`, { cause: error })
  })
}

async function frameWith(page: Page, address: string): Promise<Frame> {
  const frame = await page.waitForFrame((frame) => frame.url().includes(address))
  await frame.waitForSelector('method-flow[data-state]')
  return frame
}
