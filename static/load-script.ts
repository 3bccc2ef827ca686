// Scripts that are loaded when they are first needed: those of the assets folder, those of the data
// folder beside it, and the service worker. Nothing else can be loaded.

/** The folder of this script, in which the others lie too. */
const folder = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href

interface Policy {
  createScriptURL(name: string): string
}

const rules: Policy = {
  createScriptURL(name) {
    if (!/^(\.\.\/(data\/|(?=sw$)))?[\w-]+$/.test(name)) throw new TypeError(`no script of this site: ${name}`)
    return new URL(`${name}.js`, folder).href
  },
}

// Older browsers know no policies, and need none. The page's own policy ends in the name of the only one
// that may be made: the handbook's id.
const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
const { content } = document.querySelector<HTMLMetaElement>('[http-equiv]')!
const policy = trustedTypes?.createPolicy(content.split(' ').at(-1)!, rules) ?? rules

/** Where the service worker lies, as the policy wants it. */
export function worker(): string {
  return policy.createScriptURL('../sw')
}

declare global {
  /** What scripts call with what they hold: fetch() does not work on file://. */
  var tebikiData: (data: unknown) => void
  /** The same, by the name that the scripts of the index know. */
  var tebikiSearch: (data: unknown) => void
}

let handedOver: unknown
globalThis.tebikiData = globalThis.tebikiSearch = (data) => {
  handedOver = data
}

const loading = new Map<string, Promise<unknown>>()

/**
 * Loads and runs a script by its name: once, unless `again` says that what it holds may have
 * changed. Gives what the script hands over.
 */
export function loadScript(name: string, again = false): Promise<unknown> {
  let loaded = loading.get(name)
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = policy.createScriptURL(name)
      script.onload = () => {
        if (again) loading.delete(name)
        // Nothing else has run since this script has.
        resolve(handedOver)
      }
      script.onerror = () => {
        // To be tried again: the network may be back.
        loading.delete(name)
        script.remove()
        reject(new Error(`could not load ${name}`))
      }
      document.head.append(script)
    })
    loading.set(name, loaded)
  }
  return loaded
}
