// A document that is the same for every company, but for its name.
import { ShownDocument } from './shown-document.ts'

export class PaperForm extends ShownDocument {
  show(): void {}
}
