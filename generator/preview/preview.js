// Only serve adds this file to pages: it loads them anew as soon as a source has changed. The state that a page was made
// from stands in this script's own address. Asked for again and again: a connection left open for each tab would use up
// the six that a browser opens to one server.
'use strict'
{
  const { origin, pathname, search } = new URL(document.currentScript.src)
  const look = async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(`${origin}${pathname}?state`)
      if (answer.ok && `?${await answer.text()}` !== search) location.reload()
    } catch {
      // The server is away; it may come back.
    }
  }
  // What a page holds in a frame is loaded with it.
  if (window === top) {
    setInterval(look, 500)
    document.addEventListener('visibilitychange', look)
  }
}
