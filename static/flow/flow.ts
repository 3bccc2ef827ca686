// The flow (方式を選ぶ質問) asks one question at a time and ends at a method. The answers stand in
// the fragment of the page's address, so that back, forward, reload and bookmarks work, and a
// result can be passed on.
import { copyFrom } from '../clipboard.ts'
import { SiteElement } from '../element.ts'
import { pageStore } from '../store/page-store.ts'
import type { Store } from '../store/store.ts'
import { part } from '../parts.ts'
import { publicAddress } from '../public-address.ts'
import { fill } from '../words.ts'
import { follow, grow, read, write, type Answers, type Question, type Route } from './route.ts'

export class MethodFlow extends SiteElement {
  #signal: AbortSignal | undefined
  #start: Question = grow([])
  #questions = new Map<string, HTMLElement>()
  #results = new Map<string, HTMLElement>()
  /** All answers the reader gave, also those not on the way to the present question. */
  #answers: Answers = new Map()
  #route: Route = { steps: [], end: '' }
  /**
   * Whether the reader is changing one earlier answer: the questions after it are not asked again.
   */
  #changing = false
  #shown: string | undefined
  #store: Store | undefined

  connect(signal: AbortSignal): void {
    this.#signal = signal
    for (const question of this.#all('[data-js-question]')) this.#questions.set(question.dataset.jsQuestion!, question)
    for (const result of this.#all('[data-js-method]')) this.#results.set(result.dataset.jsMethod!, result)
    this.#start = grow(
      [...this.#results].flatMap(([method, { dataset }]) =>
        dataset.jsWays!.split(' ').map((way) => [way, method] as const),
      ),
    )

    this.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return
        this.#answers.set(this.#asked, target.value)
        this.#miss(this.#questions.get(this.#asked)!, false)
      },
      { signal },
    )
    this.addEventListener('click', (event) => this.#click(event), { signal })
    // Each step begins at its question, not where the reader left it.
    history.scrollRestoration = 'manual'
    // A smooth scroll to what had the focus before would go on past the question.
    document.documentElement.style.scrollBehavior = 'auto'
    for (const type of ['popstate', 'hashchange']) addEventListener(type, () => this.#read(true), { signal })
    addEventListener('pageshow', () => this.#read(false), { signal })
    this.#read(false)
  }

  #all(selector: string): NodeListOf<HTMLElement> {
    return this.querySelectorAll<HTMLElement>(selector)
  }

  get #asked(): string {
    return typeof this.#route.end === 'string' ? '' : this.#route.end.name
  }

  // Going from question to question

  /** Shows what the address says. With `moved`, the reader has just gone there. */
  #read(moved: boolean): void {
    const fragment = location.hash.slice(1)
    if (moved && fragment === this.#shown) return
    // An anchor of the page, such as that of the link that skips to the text.
    if (this.#shown !== undefined && fragment && document.getElementById(fragment)) return
    const { answers, route, faults } = read(this.#start, document.getElementById(fragment) ? '' : fragment)
    for (const [question, answer] of answers) this.#answers.set(question, answer)
    if (this.#shown !== fragment) this.#changing = faults.has('gap')
    this.#shown = fragment
    this.#route = route
    for (const notice of this.#all('[data-js-fault]')) notice.hidden = !faults.has(notice.dataset.jsFault as never)
    part(this, '[data-js-faults] > *').hidden = faults.size === 0
    this.#render(moved)
  }

  #go(steps: Route['steps'], changing = false): void {
    const fragment = write(steps)
    history.pushState(null, '', `#${fragment}`)
    this.#read(true)
    this.#changing = changing
  }

  #next(): void {
    const question = this.#questions.get(this.#asked)
    if (!question) return
    const answer = question.querySelector<HTMLInputElement>('input:checked')?.value
    this.#miss(question, answer === undefined)
    if (answer === undefined) {
      part(question, 'input').focus()
      return
    }
    this.#answers.set(this.#asked, answer)
    const ahead = follow(this.#start, this.#answers).steps
    this.#go(this.#changing ? ahead : ahead.slice(0, this.#route.steps.length + 1))
  }

  #miss(question: HTMLElement, missing: boolean): void {
    const message = part(question, '[data-js-missing]')
    message.hidden = !missing
    question.toggleAttribute('data-missing', missing)
    if (missing) question.setAttribute('aria-describedby', message.id)
    else question.removeAttribute('aria-describedby')
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('a, button') : null
    if (!target) return
    // Enter in the form clicks this, too. A "submit" listener would not do: the sandbox of a site
    // that embeds the flow may forbid submitting.
    if (target.matches('[type="submit"]')) {
      event.preventDefault()
      this.#next()
    }
    if (target.matches('[data-js-copy]')) void this.#copy()
    if (target.matches('[data-js-add]')) void this.#add(target.dataset.jsAdd || String(this.#route.end))
    // Links to another step. Opening one in a new tab is left to the browser.
    if (!target.matches('a[href^="#"]') || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (target.matches('[data-js-restart]')) this.#answers.clear()
    const fragment = target.getAttribute('href')!.slice(1)
    this.#go(read(this.#start, fragment).route.steps, target.matches('[data-js-change]'))
  }

  // Showing

  #render(moved: boolean): void {
    const { steps, end } = this.#route
    for (const [name, question] of this.#questions) {
      question.hidden = name !== this.#asked
      this.#miss(question, false)
      for (const radio of question.querySelectorAll('input')) radio.checked = radio.value === this.#answers.get(name)
    }
    for (const [method, result] of this.#results) result.hidden = method !== end
    const done = typeof end === 'string'
    const shown = (done ? this.#results.get(end) : this.#questions.get(end.name))!
    part(this, 'form').hidden = done
    part(this, '[data-js-after]').hidden = !done
    const back = part<HTMLAnchorElement>(this, '[data-js-back]')
    back.hidden = steps.length === 0
    back.href = `#${write(steps.slice(0, -1))}`
    if (done) this.#renderResult(shown)
    else part(shown, '[data-js-count]').textContent = fill(this.dataset.count!, { count: steps.length + 1 })
    this.#renderAnswers()
    this.#renderDiagram()
    this.dataset.state = done ? 'result' : 'question'

    const heading = part(shown, '.flow__heading')
    document.title = fill(this.dataset.title!, {
      page: part(shown, '[data-js-text]').textContent,
      site: this.dataset.site!,
    })
    if (!moved) return
    heading.focus({ preventScroll: true })
    const { top, bottom } = heading.getBoundingClientRect()
    if (top < 0 || bottom > innerHeight) heading.scrollIntoView()
  }

  #renderAnswers(): void {
    const { steps } = this.#route
    const row = part<HTMLTemplateElement>(this, 'template').content
    part(this, '[data-js-answers]').hidden = steps.length === 0
    part<HTMLAnchorElement>(this, '[data-js-restart]').href = '#'
    part(this, 'dl').replaceChildren(
      ...steps.map(([name, answer], index) => {
        const copy = document.importNode(row, true)
        const question = this.#textOf(name)
        const link = part<HTMLAnchorElement>(copy, 'a')
        part(copy, 'dt').textContent = question
        part(copy, 'b').textContent = this.#labelOf(name, answer)
        link.href = `#${write(steps.slice(0, index))}`
        link.ariaLabel = fill(link.dataset.jsChange!, { question })
        return copy
      }),
    )
  }

  #renderDiagram(): void {
    const { steps } = this.#route
    const way = `${write(steps)}&`
    for (const branch of document.querySelectorAll<HTMLElement>('[data-js-path]')) {
      branch.toggleAttribute('data-taken', way.startsWith(`${branch.dataset.jsPath}&`))
    }
    const note = document.querySelector<HTMLElement>('[data-js-taken]')
    if (note) note.hidden = steps.length === 0
  }

  #textOf(question: string): string {
    return part(this.#questions.get(question)!, '[data-js-text]').textContent
  }

  #labelOf(question: string, answer: string): string {
    return part(this.#questions.get(question)!, `input[value="${answer}"] + * > label`).textContent
  }

  // The result

  #renderResult(result: HTMLElement): void {
    const answers = this.#route.steps.map((step) => fill(this.dataset.quote!, { answer: this.#labelOf(...step) }))
    const because = part(result, '[data-js-because]')
    because.textContent = fill(because.dataset.jsBecause!, { answers: answers.join(this.dataset.separator) })

    const address = part<HTMLInputElement>(this, '[data-js-address]')
    const url = new URL(address.dataset.jsAddress!, publicAddress())
    url.hash = write(this.#route.steps)
    address.value = url.href
    // In another site's frame, the result can be opened on this one.
    const here = this.querySelector<HTMLAnchorElement>('[data-js-open]')
    if (here) here.href = url.href
    part(this, '[data-js-copied]').textContent = ''
    void this.#renderCompany()
  }

  async #copy(): Promise<void> {
    const said = part(this, '[data-js-copied]')
    const { jsCopied, failed } = said.dataset
    said.textContent = (await copyFrom(part(this, '[data-js-address]'))) ? jsCopied! : failed!
  }

  async #renderCompany(): Promise<void> {
    const place = this.querySelector<HTMLElement>('[data-js-company]')
    if (!place) return
    if (!this.#store) {
      this.#store = await pageStore()
      this.#store.addEventListener('change', () => void this.#renderCompany(), { signal: this.#signal })
    }
    const { name: company = place.dataset.jsCompany!, methods: slugs = [] } = this.#store.company() ?? {}
    const names = slugs.map((slug) => this.#results.get(slug)?.dataset.name).filter((name) => name !== undefined)
    const has = part(place, '[data-js-has]')
    has.textContent = fill((names.length ? has.dataset.jsHas : has.dataset.none)!, {
      company,
      methods: names.join(this.dataset.separator),
    })
    const end = String(this.#route.end)
    const offered = new Set<string>()
    for (const button of place.querySelectorAll<HTMLElement>('[data-js-add]')) {
      const method = button.dataset.jsAdd || end
      const line = button.parentElement!
      const apart = (line.dataset.jsAlso ?? end) !== end
      if (!apart) offered.add(method)
      const hidden = apart || slugs.includes(method)
      // The button is about to be hidden, which would lose the focus.
      if (hidden && button === document.activeElement) part(place, 'a').focus()
      line.hidden = hidden
    }
    const isIn = slugs.filter((slug) => offered.has(slug)).map((slug) => this.#results.get(slug)?.dataset.name ?? '')
    const added = part(place, '[data-js-added]')
    added.textContent = isIn.length
      ? fill(added.dataset.jsAdded!, { company, methods: isIn.join(this.dataset.separator) })
      : ''
  }

  async #add(method: string): Promise<void> {
    if (!this.#store) return
    await this.#store.editCompany(({ methods }) => {
      if (!methods.includes(method)) methods.push(method)
    })
  }
}
