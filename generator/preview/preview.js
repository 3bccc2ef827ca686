// Only serve adds this file to pages. It waits for news of the sources: it shows their problems over the page, and loads
// the page anew when it would be made from another state of them than the one in this script's own address.
'use strict'
{
  const { origin, search } = new URL(document.currentScript.src)
  const made = search.slice(1)
  // What an editor has chosen lasts as long as the tab.
  const follows = 'serve-follows'
  const panelOf = (level) => `serve-panel-${level}`

  /** Has the page show what a reader sees who answered before measures were changed. */
  const earlier = '?earlier'
  const changedBoxes = () => [...document.querySelectorAll('answer-box[data-revision]')].filter(({ dataset }) => dataset.revision > 1)

  /** Gives the page answers of its own, under another key than the editor's, who may answer here, too. */
  const answerEarlier = () => {
    const key = 'serve-earlier'
    const at = { status: new Date().toISOString() }
    const answers = changedBoxes().map(({ dataset: { slug, revision } }) => [slug, { status: 'done', revision: revision - 1, at }])
    const company = { name: '', methods: [], answers: Object.fromEntries(answers), at: {} }
    localStorage.setItem(key, JSON.stringify({ format: 1, companies: { first: company }, current: 'first', at: {} }))
    document.querySelector('[data-js-store]').dataset.id = key
  }

  // It waits before it asks again a server that is away.
  const pause = () => new Promise((resolve) => setTimeout(resolve, 300))

  const element = (name, properties = {}, ...children) => {
    const one = Object.assign(document.createElement(name), properties)
    one.append(...children)
    return one
  }

  /** Shows what the news are, in a shadow root: no styles of the page reach it, and its own reach nothing else. */
  class Panel {
    #count = element('span', { role: 'status' })
    #problems = element('div')
    #tools = element('div', { className: 'tools' })
    #details = element(
      'details',
      {},
      element('summary', {}, this.#count),
      element('div', { className: 'panel' }, this.#problems, this.#tools),
    )
    #lost = element('p', { className: 'lost', role: 'alert', hidden: true })
    #level = 'fine'

    constructor() {
      const host = element('div', { id: 'serve-preview', lang: 'ja', hidden: true })
      const styles = element('link', { rel: 'stylesheet', href: `${origin}/serve/preview.css` })
      styles.onload = () => (host.hidden = false)
      host.attachShadow({ mode: 'open' }).append(styles, element('div', { className: 'box' }, this.#lost, this.#details))
      document.documentElement.append(host)
      this.#details.addEventListener('toggle', () =>
        sessionStorage.setItem(panelOf(this.#level), this.#details.open ? 'open' : 'closed'),
      )
      this.#addTools()
    }

    #addTools() {
      const box = element('input', { type: 'checkbox', checked: Boolean(sessionStorage.getItem(follows)) })
      box.onchange = () => sessionStorage.setItem(follows, box.checked ? 'yes' : '')
      this.#tools.append(
        element('label', {}, box, ' 保存したファイルのページを開く'),
        element('button', { type: 'button', onclick: () => print() }, '印刷する'),
      )
      if (location.search === earlier)
        this.#tools.append(
          element('p', {}, 'いま見えているのは、変わる前に「対応済み」と答えた人の見え方です。'),
          element('a', { href: location.pathname }, 'いつもの見え方に戻す'),
        )
      else if (changedBoxes().length)
        this.#tools.append(element('a', { href: earlier }, '変わる前に「対応済み」と答えた人の見え方'))
    }

    show({ error, stopping, warnings, files, state, made }) {
      const faults = stopping + Number(error !== '')
      this.#level = faults ? 'error' : warnings ? 'warning' : 'fine'
      const said = {
        error:
          made === state
            ? 'いま見えているのは、新しいページです。直すところが残っている間は、サイトは作れません。'
            : 'いま見えているのは、まちがいが入る前のページです。直して保存すると、新しいページになります。',
        warning: '注意があっても、サイトは作れます。',
      }[this.#level]
      const counts = [faults && `直すところ ${faults}`, warnings && `注意 ${warnings}`].filter(Boolean)
      this.#count.textContent = counts.join('、') || 'プレビュー'
      this.#problems.replaceChildren(
        ...(said ? [element('p', {}, said)] : []),
        ...(error ? [element('pre', {}, error)] : []),
        ...files.flatMap(({ name, problems }) => [element('h2', {}, name), element('ul', {}, ...problems.map(item))]),
      )
      // Problems are shown unasked, until they are closed; when they are back another time, again.
      if (!faults) sessionStorage.removeItem(panelOf('error'))
      this.#details.dataset.level = this.#level
      this.#details.open = (sessionStorage.getItem(panelOf(this.#level)) ?? (faults ? 'open' : 'closed')) === 'open'
    }

    /** Tells that the server is away. */
    lose() {
      this.#lost.textContent = 'プレビューのサーバーが止まっています。もう一度動かすと、このページは自動で新しくなります。'
      this.#lost.hidden = false
    }
  }

  const item = ({ line, text, warning, quote, link }) =>
    element(
      'li',
      { className: warning ? 'warning' : '' },
      element(
        'p',
        {},
        link ? element('a', { href: link }, `${line}行目`) : `${line}行目`,
        ': ',
        ...(warning ? [element('strong', {}, '注意'), ' '] : []),
        text,
      ),
      ...(quote ? [element('code', {}, quote)] : []),
    )

  /** Loads this page anew, or the one whose text has changed. */
  const renew = (changed) => {
    const target = new URL(changed && sessionStorage.getItem(follows) ? `/${changed}` : location.href, origin)
    const isHere = target.pathname === location.pathname.replace(/\/$/, '/index.html')
    if (target.href === location.href) location.reload()
    else if (!isHere) location.assign(target)
    else {
      // A jump within the page would not load it.
      history.replaceState(history.state, '', target)
      location.reload()
    }
  }

  /**
   * Asks for news as long as the page is looked at: a browser opens six connections to a server, and a tab that nobody
   * sees must not hold one of them.
   */
  const listen = async (panel) => {
    let state = ''
    let failures = 0
    for (;;) {
      const hiding = new AbortController()
      const hide = () => document.hidden && hiding.abort()
      document.addEventListener('visibilitychange', hide)
      try {
        if (document.hidden) await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
        const answer = await fetch(`${origin}/serve/news?${state}`, { signal: hiding.signal })
        if (!answer.ok) throw new Error(answer.statusText)
        if (failures > 1) return location.reload()
        failures = 0
        if (answer.status === 204) continue
        const news = await answer.json()
        if (news.made !== made) return renew(state && news.changed)
        state = news.state
        panel?.show(news)
      } catch {
        if (hiding.signal.aborted) continue
        // A page that is being left fails once, too.
        if (++failures === 2) (panel ??= new Panel()).lose()
        await pause()
      } finally {
        document.removeEventListener('visibilitychange', hide)
      }
    }
  }

  if (location.search === earlier && changedBoxes().length) answerEarlier()
  // What a page holds in a frame is loaded with it. The page of problems shows them itself.
  if (window === top) void listen('problems' in document.documentElement.dataset ? undefined : new Panel())
}
