// The reader's answer for one measure (対策): its status, and behind a disclosure note, owner and
// dates.
import { readMeasure, type Measure } from '../answers/catalogue.ts'
import { changeOf, entryOf, isChanged, type Entry } from '../answers/entry.ts'
import { own, type Answer, type Status } from '../answers/format.ts'
import { dueOf, isLate } from '../answers/progress.ts'
import { copyFrom } from '../clipboard.ts'
import { localDate, wordDate } from '../dates.ts'
import { SiteElement } from '../element.ts'
import { showFacts } from '../facts/facts.ts'
import { copyOf, part } from '../parts.ts'
import { showLate } from '../progress/due.ts'
import { Store } from '../store/store.ts'
import { fill } from '../words.ts'
import { suggestOwners } from './owners.ts'

type Field = HTMLInputElement | HTMLTextAreaElement
const textFields = ['reason', 'owner', 'due', 'checked', 'evidence', 'note'] as const
type TextField = (typeof textFields)[number]

/**
 * What is added only when an answer calls for it: a page with all of it for every measure would be
 * slow to open.
 */
type Extra = 'changed' | 'na' | 'unknown' | 'digest' | 'overdue' | 'date'

/** In lines: from here on a note may be parted on paper, whose column has room for so many characters. */
const longNote = 16
const columnWidth = 12

/** In milliseconds: a pause in typing that is long enough to save. */
const saveDelay = 400

/**
 * `<answer-box data-slug data-title data-revision data-replaces data-earlier-1… data-check data-ask
 * data-exception data-date>` fills itself from the page's `<template data-js-answer>`. It sends
 * "answered" before each change that the reader makes.
 */
export class AnswerBox extends SiteElement {
  #measure: Measure = { slug: '', revision: 0, replaces: [] }
  #store: Store | undefined
  /** Fields the reader has typed in since they were last stored. */
  #typed = new Set<TextField>()
  #timer = 0
  /**
   * The date and the answers that the box shows. Compared first, so that an edit costs only the box
   * it is in.
   */
  #shown: unknown[] = []
  /** The date of the check before this page set it to today. */
  #checkedBefore: { date: string | undefined } | undefined

  async connect(signal: AbortSignal): Promise<void> {
    this.#measure = readMeasure(this.dataset.slug ?? '', this.dataset)
    if (!this.firstElementChild) this.#build()

    this.addEventListener(
      'change',
      ({ target }) => {
        if (target instanceof HTMLInputElement && target.type === 'radio') this.#choose(target.value as Status)
        else this.#flush()
      },
      { signal },
    )
    this.addEventListener('input', (event) => this.#type(event.target, (event as InputEvent).isComposing), { signal })
    this.addEventListener('compositionend', ({ target }) => this.#type(target, false), { signal })
    this.addEventListener(
      'focusin',
      ({ target }) => {
        if ((target as Partial<Field>).name === 'owner') suggestOwners(this.#store)
      },
      { signal },
    )
    this.addEventListener(
      'focusout',
      () => {
        this.#flush()
        this.#judgeDates(true)
      },
      { signal },
    )
    this.addEventListener(
      'click',
      ({ target }) => {
        if (!(target instanceof Element)) return
        if (target.closest('[data-js-confirm]')) this.#confirm()
        if (target.closest('[data-js-copy]')) void this.#copy()
      },
      { signal },
    )
    addEventListener('pagehide', () => this.#flush(), { signal })
    signal.addEventListener('abort', () => this.#flush())
    // Browsers restore the radio buttons as they were when the page was left.
    addEventListener(
      'pageshow',
      () => {
        this.#shown = []
        this.#render()
      },
      { signal },
    )

    this.#store = await Store.open()
    this.#store.addEventListener('change', () => this.#render(), { signal })
    // A page may be left open until another day.
    document.addEventListener('visibilitychange', () => this.#render(), { signal })
    this.#render()
  }

  #build(): void {
    const content = document.importNode(part<HTMLTemplateElement>(document, 'template[data-js-answer]').content, true)
    const { title = '' } = this.dataset
    for (const element of content.querySelectorAll('[data-js-title]'))
      element.textContent = fill(element.textContent, { title })
    part(content, '[data-js-fields]').setAttribute('aria-label', title)
    for (const radio of content.querySelectorAll<HTMLInputElement>('[name="status"]'))
      radio.name = `status-${this.#measure.slug}`
    this.append(content)
  }

  #field(name: TextField): Field | null {
    return this.querySelector<Field>(`[name="${name}"]`)
  }

  #entry(): Entry {
    return entryOf(this.#measure, this.#store?.company()?.answers)
  }

  #render(): void {
    if (!this.#store) return
    const today = localDate(new Date())
    const answers = this.#store.company()?.answers ?? {}
    const shown = [today, ...[this.#measure.slug, ...this.#measure.replaces].map((slug) => own(answers, slug))]
    if (this.#shown.length > 0 && shown.every((value, index) => value === this.#shown[index])) return
    this.#shown = shown
    const entry = this.#entry()
    const { status } = entry
    if (this.dataset.status !== status) {
      this.dataset.status = status
      this.#showExtra('na', status === 'na')
      this.#showExtra('unknown', status === 'unknown' && Boolean(this.dataset.ask))
    }
    for (const radio of this.querySelectorAll<HTMLInputElement>('[type="radio"]'))
      radio.checked = radio.value === status
    for (const name of textFields) {
      const field = this.#field(name)
      const value = entry[name] ?? ''
      if (field?.validity.valid && !this.#typed.has(name) && field.value !== value) field.value = value
    }
    this.#renderChange(entry)
    this.#renderDigest(entry)
    const due = dueOf(this.#measure, answers)
    const late = isLate(due, today)
    const line = this.#showExtra('overdue', late)
    if (line && late) showLate(line, due, this.dataset.date)
  }

  /** Shows what the measure said when it was answered, beside what it says now. */
  #renderChange(entry: Entry): void {
    const change = this.#showExtra('changed', isChanged(entry, this.#measure))
    if (!change) return
    const before = this.getAttribute(`data-earlier-${entry.revision}`) ?? ''
    const texts = part(change, '[data-js-texts]')
    texts.hidden = !before
    for (const [index, place] of texts.querySelectorAll('dd').entries())
      place.textContent = [before, this.dataset.check ?? ''][index]!
  }

  #renderDigest({ status, owner, due, checked, reason, evidence, note = '' }: Entry): void {
    const facts = { owner, due, checked, reason: status === 'na' ? reason : undefined, evidence, note }
    const digest = this.#showExtra('digest', Object.values(facts).some(Boolean))
    if (!digest) return
    showFacts(digest, facts, (date) => wordDate(date, this.dataset.date ?? ''))
    digest.toggleAttribute('data-long', note.split('\n').length + note.length / columnWidth > longNote)
  }

  #showExtra(name: Extra, shown: boolean): HTMLElement | null {
    const extra = this.querySelector<HTMLElement>(`[data-js-extra="${name}"]`) ?? (shown ? this.#addExtra(name) : null)
    if (extra) extra.hidden = !shown
    return extra
  }

  #addExtra(name: Extra): HTMLElement {
    const extra = copyOf(document, `[data-js-extra="${name}"]`)
    extra.dataset.jsExtra = name
    if (name === 'na') this.#hintAtException(extra)
    if (name === 'unknown') part(extra, '[data-js-ask]').append(this.dataset.ask ?? '')
    extra.id = `${name}-${this.#measure.slug}`
    if (name === 'changed') this.prepend(extra)
    else if (name === 'date') part(this, '[data-js-fields]').append(extra)
    else if (name === 'na' || name === 'unknown') part(this, '[data-js-parts]').before(extra)
    else this.append(extra)
    return extra
  }

  #hintAtException(extra: HTMLElement): void {
    const hint = part(extra, '[data-js-hint]')
    const { exception } = this.dataset
    if (exception) hint.textContent = fill(hint.dataset.exception ?? '', { exception })
    hint.id = `hint-${this.#measure.slug}`
    part(extra, '[name="reason"]').setAttribute('aria-describedby', hint.id)
  }

  // The reader's actions

  #choose(status: Status): void {
    void this.#save(({ checked }) => {
      const { revision } = this.#measure
      const today = localDate(new Date())
      if (status === 'done') {
        // A date that the reader entered after the last status is the date of this check.
        const { at } = this.#store?.answer(this.#measure.slug) ?? {}
        if (checked && (at?.checked ?? '') > (at?.status ?? '')) return { status, revision }
        this.#checkedBefore = { date: checked }
        return { status, revision, checked: today }
      }
      // With the arrow keys the reader only passed 対応済み on the way to another radio.
      const before = this.#checkedBefore
      this.#checkedBefore = undefined
      return before && checked === today ? { status, revision, checked: before.date } : { status, revision }
    })
  }

  #confirm(): void {
    this.querySelector<HTMLElement>('[type="radio"]:checked')?.focus()
    void this.#save(({ status }) => ({
      status,
      revision: this.#measure.revision,
      ...(status === 'done' && { checked: localDate(new Date()) }),
    }))
  }

  async #copy(): Promise<void> {
    const ask = this.querySelector<HTMLElement>('[data-js-ask]')
    const button = this.querySelector<HTMLElement>('[data-js-copy]')
    if (!ask || !button) return
    const { copied, failed } = button.dataset
    button.nextElementSibling?.replaceChildren(((await copyFrom(ask)) ? copied : failed) ?? '')
  }

  /** Nothing is stored while an input method (IME) still changes the text. */
  #type(target: EventTarget | null, composing: boolean): void {
    const name = textFields.find((name) => name === (target as Field | null)?.name)
    if (!name) return
    this.#typed.add(name)
    clearTimeout(this.#timer)
    if (!composing) this.#timer = window.setTimeout(() => this.#flush(), saveDelay)
  }

  #flush(): void {
    clearTimeout(this.#timer)
    if (this.#typed.size === 0) return
    const change: Partial<Entry> = {}
    for (const name of this.#typed) {
      const field = this.#field(name)
      // A date being typed is not valid yet: 2027 begins as 2, 20 and 202.
      if (field?.validity.valid) change[name] = field.value || undefined
    }
    this.#typed.clear()
    this.#judgeDates(false)
    if (Object.keys(change).length > 0) void this.#save(() => change)
  }

  /** Says that a date is not kept, when its field is `left`, and no longer when it is mended. */
  #judgeDates(left: boolean): void {
    const fields = [...this.querySelectorAll<HTMLInputElement>('[type="date"]')]
    const wrong = fields.filter(({ validity }) => !validity.valid)
    if (!left && wrong.length > 0) return
    const message = this.#showExtra('date', wrong.length > 0)
    for (const field of message ? fields : []) {
      field.setAttribute('aria-invalid', String(wrong.includes(field)))
      field.setAttribute('aria-describedby', message!.id)
    }
  }

  async #save(change: (entry: Entry) => Partial<Omit<Answer, 'at'>>): Promise<void> {
    const store = this.#store ?? (await Store.open())
    this.dispatchEvent(new Event('answered', { bubbles: true }))
    const method = this.closest<HTMLElement>('check-list')?.dataset.method
    await store.setAnswer(
      this.#measure.slug,
      changeOf(change(this.#entry()), this.#measure, store.company()?.answers),
      method,
    )
  }
}
