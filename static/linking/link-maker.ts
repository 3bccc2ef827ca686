import { SiteElement } from '../element.ts'
import { follow, grow, write } from '../flow/route.ts'
import { part, setText } from '../parts.ts'
import { isLocal, publicAddress } from '../public-address.ts'

/** `<link-maker>` makes a link to the flow with the answers that are chosen, question by question. */
export class LinkMaker extends SiteElement {
  connect(signal: AbortSignal): void {
    const results = [...this.querySelectorAll<HTMLElement>('[data-js-method]')]
    const start = grow(
      results.flatMap(({ dataset }) => dataset.jsWays!.split(' ').map((way) => [way, dataset.jsMethod!] as const)),
    )
    const flow = new URL(this.dataset.flow!, publicAddress())
    part(this, '[data-js-local]').hidden = !isLocal(flow)

    const show = () => {
      const { steps, end } = follow(start, this.#answers())
      const asked = new Set(steps.map(([question]) => question))
      if (typeof end !== 'string') asked.add(end.name)
      for (const question of this.querySelectorAll<HTMLElement>('[data-js-question]')) {
        question.hidden = !asked.has(question.dataset.jsQuestion!)
      }
      for (const result of results) result.hidden = result.dataset.jsMethod !== end
      flow.hash = write(steps)
      setText(part(this, '[data-js-text]'), flow.href)
      setText(part(this, '[role="status"]'), '')
    }
    this.addEventListener('change', show, { signal })
    // What a browser fills in again is there by then.
    addEventListener('pageshow', show, { signal })
    show()
    this.hidden = false
  }

  #answers(): Map<string, string> {
    const chosen = [...this.querySelectorAll('select')].filter(({ value }) => value)
    return new Map(chosen.map(({ name, value }) => [name, value]))
  }
}
