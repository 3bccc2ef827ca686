// Opens a file of answers that a reader chooses or drops: with its passphrase where it is locked, and
// with words about what is wrong with it.
import type { Fault, Saved } from '../answers/format.ts'
import { unlock } from '../answers/lock.ts'
import { parse, readFile } from '../answers/parse.ts'
import { SiteElement } from '../element.ts'
import { part } from '../parts.ts'
import { fill } from '../words.ts'

/**
 * The base of the elements around the field for a file and the form for its passphrase,
 * `[data-js-unlock]`; their data attributes are the sentences about faults.
 */
export abstract class FileOpener extends SiteElement {
  #name = ''
  /** The text of a locked file. */
  #locked = ''

  /** Takes what was opened. */
  abstract take(saved: Saved, name: string): void

  /** Says what is wrong with a file, unless it is something else that can be taken. */
  abstract refuse(file: File, fault: Fault): void

  /** Puts away the file before. */
  close(): void {
    this.#form.hidden = true
    say(this, '')
    say(this.#form, '')
  }

  connect(signal: AbortSignal): void | Promise<void> {
    const input = part<HTMLInputElement>(this, '[type="file"]')
    input.addEventListener(
      'change',
      () => {
        void this.#take(input.files)
        // So that the same file can be chosen again.
        input.value = ''
      },
      { signal },
    )
    this.#listenToDrops(signal)
    this.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        if (event.target === this.#form) void this.#unlock()
      },
      { signal },
    )
    this.addEventListener(
      'click',
      ({ target }) => {
        if (target instanceof Element && target.closest('[data-js-cancel]')) {
          this.close()
          input.focus()
        }
      },
      { signal },
    )
  }

  get #form(): HTMLFormElement {
    return part(this, '[data-js-unlock]')
  }

  /**
   * Takes files dropped anywhere: beside the field, the browser would open them and leave the page.
   */
  #listenToDrops(signal: AbortSignal): void {
    const field = part(this, '[data-js-drop]')
    for (const type of ['dragover', 'dragleave', 'drop'] as const)
      document.addEventListener(
        type,
        (event) => {
          const files = event.dataTransfer
          if (!files?.types.includes('Files') || (type === 'dragleave' && event.relatedTarget)) return
          event.preventDefault()
          const isOver = field.contains(event.target as Node)
          field.toggleAttribute('data-over', type === 'dragover' && isOver)
          if (type === 'drop' && isOver) void this.#take(files.files)
        },
        { signal },
      )
  }

  async #take(files: FileList | null): Promise<void> {
    const [file, ...others] = files ?? []
    this.close()
    if (!file) return
    if (others.length > 0) return this.fail('several')
    this.#name = file.name
    const result = await readFile(file)
    if ('saved' in result) return this.take(result.saved, file.name)
    if ('fault' in result) return this.refuse(file, result.fault)
    this.#locked = result.locked
    this.#form.hidden = false
    leadTo(this.#form, file.name)
  }

  async #unlock(): Promise<void> {
    const field = part<HTMLInputElement>(this.#form, 'input')
    say(this.#form, '')
    const opened = await unlock(this.#locked, field.value)
    const result = 'fault' in opened ? opened : parse(opened.text)
    if ('saved' in result) {
      field.value = ''
      this.#form.hidden = true
      return this.take(result.saved, this.#name)
    }
    field.select()
    field.focus()
    const { kind, detail } = result.fault as Fault
    this.fail(kind, detail, this.#form)
  }

  /** Says what is wrong. The kinds of faults that a page adds have sentences of their own. */
  fail(kind: string, detail = '', place: HTMLElement = this): void {
    const sentence = this.getAttribute(`data-fault-${kind}`) ?? this.dataset.faultNotOurs ?? ''
    say(place, fill(sentence, { place: detail.slice(0, 100) }))
  }
}

function say(form: HTMLElement, text: string): void {
  const place = part(form, '[data-js-error]')
  // Emptied first, so that the same text is announced again.
  place.textContent = ''
  place.textContent = text
}

/** Leads the reader to a form that has just appeared, whose heading names the file. */
export function leadTo(form: HTMLFormElement, name: string): void {
  const heading = part(form, 'h3')
  heading.dataset.text ??= heading.textContent
  heading.textContent = fill(heading.dataset.text, { name })
  heading.focus()
}
