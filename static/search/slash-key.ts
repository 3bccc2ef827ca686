// The key / leads to the search, unless the reader has switched that off: who speaks to the device may say a text with a
// slash in it (WCAG 2.1.4).

const storageKey = 'tebiki-slash'

/** Where nothing can be stored, the key cannot be switched off: so it is off. */
export function isSlashOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return false
  }
}

/** `<slash-key>` holds a template with a label around the checkbox that switches the key. */
export class SlashKey extends HTMLElement {
  connectedCallback(): void {
    const template = this.querySelector('template')
    if (!template) throw new Error('slash-key: no template in it')
    if (!canStore()) return
    if (!this.querySelector('input')) this.append(document.importNode(template.content, true))
    const box = this.querySelector('input')!
    box.checked = isSlashOn()
    box.onchange = () => {
      if (box.checked) localStorage.removeItem(storageKey)
      else localStorage.setItem(storageKey, 'off')
    }
  }
}

function canStore(): boolean {
  try {
    localStorage.getItem(storageKey)
    return true
  } catch {
    return false
  }
}
