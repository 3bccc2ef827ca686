// Scripts that are loaded when they are first needed. Their names come from the page; nothing else can be loaded.

/** The folder of this script, in which the others lie too. */
const folder = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href

interface Policy {
  createScriptURL(name: string): string
}

const rules: Policy = {
  createScriptURL(name) {
    if (!/^[\w-]+$/.test(name)) throw new TypeError(`no script of this site: ${name}`)
    return new URL(`${name}.js`, folder).href
  },
}

// Older browsers know no policies, and need none.
const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
const policy = trustedTypes?.createPolicy('tebiki', rules) ?? rules

const loading = new Map<string, Promise<void>>()

/** Loads and runs a script of the assets folder, once. */
export function loadScript(name: string): Promise<void> {
  let loaded = loading.get(name)
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = policy.createScriptURL(name)
      script.onload = () => resolve()
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
