// The key / leads to the search, unless the reader has switched that off: who speaks to the device may say a text with a
// slash in it (WCAG 2.1.4).

import { SiteElement } from '../element.ts'
import { ownKey } from '../own-key.ts'
import { part } from '../parts.ts'

const storageKey = ownKey('slash')

/** Where nothing can be stored, the key cannot be switched off: so it is off. */
export function isSlashOn(): boolean {
  return ![undefined, 'off'].includes(stored())
}

/** `<slash-key>` holds a template with a label around the checkbox that switches the key. */
export class SlashKey extends SiteElement {
  connect(): void {
    if (stored() === undefined) return
    if (!this.querySelector('input'))
      this.append(document.importNode(part<HTMLTemplateElement>(this, 'template').content, true))
    const box = part<HTMLInputElement>(this, 'input')
    box.checked = isSlashOn()
    box.onchange = () => {
      try {
        if (box.checked) localStorage.removeItem(storageKey)
        else localStorage.setItem(storageKey, 'off')
      } catch {
        // There is no room: it stays as it was.
        box.checked = true
      }
    }
  }
}

/** What is stored, '' for nothing; undefined where storage is blocked. */
function stored(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? ''
  } catch {
    return undefined
  }
}
