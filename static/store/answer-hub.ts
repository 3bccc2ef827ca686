import { SiteElement } from '../element.ts'
import { serveHub } from './hub.ts'

/** `<answer-hub data-id>` stands on hub.html, which the pages of a folder share the answers through. */
export class AnswerHub extends SiteElement {
  connect(): void {
    void serveHub(this.dataset.id ?? '')
  }
}
