// Scripts that are loaded when they are first needed: those of the assets folder, and the entry of
// the search index. Nothing else can be loaded.
import { entry } from './entry.ts'

/** The folder of this script, in which the others lie too. */
const folder = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href

interface Policy {
  createScriptURL(name: string): string
}

const rules: Policy = {
  createScriptURL(name) {
    if (name !== entry && !/^[\w-]+$/.test(name)) throw new TypeError(`no script of this site: ${name}`)
    return new URL(`${name}.js`, folder).href
  },
}

// Older browsers know no policies, and need none.
const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
const policy = trustedTypes?.createPolicy('tebiki', rules) ?? rules

declare global {
  /** What the scripts of the index call with what they hold: fetch() does not work on file://. */
  var tebikiSearch: (data: unknown) => void
}

let handedOver: unknown
globalThis.tebikiSearch = (data) => {
  handedOver = data
}

const loading = new Map<string, Promise<unknown>>()

/**
 * Loads and runs a script by its name: once, but the entry of the index whenever it is asked for.
 * Gives what a script of the index holds.
 */
export function loadScript(name: string): Promise<unknown> {
  let loaded = loading.get(name)
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = policy.createScriptURL(name)
      script.onload = () => {
        if (name === entry) loading.delete(name)
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
