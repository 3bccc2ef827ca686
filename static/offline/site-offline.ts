// What every page knows of the copy that the browser keeps of the site: it has it made, and tells
// when a new version has come.
import { SiteElement } from '../element.ts'
import { loadScript, worker } from '../load-script.ts'
import { copyOf } from '../parts.ts'
import { isOff, isPossible, isPutOff, savesData } from './copy.ts'

/**
 * `<site-offline data-manifest data-script data-stylesheet>` stands at the foot of every page, with a
 * template of the notice. Script and styles of the notice are loaded when there is something to
 * tell.
 */
export class SiteOffline extends SiteElement {
  #registration: Promise<ServiceWorkerRegistration> | undefined

  connect(signal: AbortSignal): void {
    if (!isPossible()) return
    // Not in the page itself: on file:// Chromium complains of it.
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'manifest', href: this.dataset.manifest }),
    )
    const { serviceWorker } = navigator
    let { controller } = serviceWorker
    // The first version that comes changes nothing for this page. A page that the reader comes back to
    // may have missed what happened in the meantime.
    const look = () => {
      const before = controller
      controller = serviceWorker.controller
      if (before && before !== controller) void this.#tell()
    }
    serviceWorker.addEventListener('controllerchange', look, { signal })
    addEventListener('pageshow', look, { signal })
    if (isOff() || savesData()) return
    // The page comes first.
    const begin = () => setTimeout(() => this.keep().catch(() => {}), 1000)
    if (document.readyState === 'complete') begin()
    else addEventListener('load', begin, { signal })
  }

  /** Has the site kept. It fails in private windows of some browsers, and where the host has no worker. */
  keep(): Promise<ServiceWorkerRegistration> {
    return (this.#registration ??= this.#register())
  }

  async #register(): Promise<ServiceWorkerRegistration> {
    const registration = await navigator.serviceWorker.register(worker())
    const look = () => {
      if (registration.waiting && navigator.serviceWorker.controller && !isPutOff()) void this.#tell()
    }
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    look()
    return registration
  }

  async #tell(): Promise<void> {
    if (document.querySelector('update-notice')) return
    if (!customElements.get('update-notice')) {
      const { stylesheet = '', script = '' } = this.dataset
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: stylesheet }))
      try {
        await loadScript(script)
      } catch {
        return // The next page tells.
      }
    }
    // While the script came, there may have been more to tell.
    if (!document.querySelector('update-notice')) this.before(copyOf(this))
  }
}
