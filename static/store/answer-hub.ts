// Stands on hub.html. Pages of a folder hold that page in a hidden frame, and share the answers through it.
import { serveHub } from './backend.ts'

export class AnswerHub extends HTMLElement {
  connectedCallback(): void {
    void serveHub()
  }
}
