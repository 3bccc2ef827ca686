// The copy of the site that a browser keeps, and whether the reader wants it.
import { ownKey } from '../own-key.ts'

const storageKey = ownKey('offline')
const laterKey = ownKey('later')

/**
 * On file:// the site is there anyway. Browsers have no worker where what comes may have been changed
 * on its way, and none works where nothing can be stored.
 */
export function isPossible(): boolean {
  return location.protocol !== 'file:' && 'serviceWorker' in navigator && canStore()
}

function canStore(): boolean {
  try {
    localStorage.getItem(storageKey)
    return true
  } catch {
    return false
  }
}

/** The reader does not want a copy. */
export function isOff(): boolean {
  return localStorage.getItem(storageKey) === 'off'
}

/** The reader has told the browser to fetch little. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  return connection?.saveData === true
}

/** Notes what the reader wants, where it can be stored. */
export function setOff(isOff: boolean): void {
  try {
    if (isOff) localStorage.setItem(storageKey, 'off')
    else localStorage.removeItem(storageKey)
  } catch {
    // Then it holds for this page alone.
  }
}

/** In this tab the reader has put the new version off. */
export function isPutOff(): boolean {
  try {
    return sessionStorage.getItem(laterKey) !== null
  } catch {
    return false
  }
}

export function putOff(): void {
  try {
    sessionStorage.setItem(laterKey, '')
  } catch {
    // Then the next page asks again.
  }
}

/** The registration of this site: without one, browsers give that of a site in a folder above. */
export async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker.getRegistration()
  const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!
  return found?.scope === new URL('.', href).href ? found : undefined
}

/** Takes the copy away: the pages, and the worker that answers with them. */
export async function erase(id: string): Promise<void> {
  await (await registration())?.unregister()
  for (const name of await caches.keys()) if (name.startsWith(`tebiki-offline:${id}:`)) await caches.delete(name)
}
