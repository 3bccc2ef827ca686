// Addresses to be passed on.

/**
 * The address of this page for others, without query and fragment: that on the web, when the page knows
 * it, wherever it is shown. A file's address is of use on this computer alone.
 */
export function publicAddress(): URL {
  const url = new URL(document.querySelector<HTMLLinkElement>('[rel="canonical"]')?.href ?? location.href)
  url.search = url.hash = ''
  return url
}

/** Whether only this computer can open an address. */
export function isLocal(url: URL): boolean {
  return url.protocol === 'file:'
}
