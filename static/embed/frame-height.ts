// A page in another site's frame tells the site how high it is, so that the frame need not scroll:
//
//   { type: 'tebiki:height', height: 640 }
//
// The height is a whole number of CSS pixels. The message comes when the page is there and whenever
// its height changes. It holds nothing that only some sites may know; nothing is listened to.
import { SiteElement } from '../element.ts'

/** `<frame-height>` stands around all that a page in a frame shows. */
export class FrameHeight extends SiteElement {
  connect(signal: AbortSignal): void {
    if (parent === window) return
    const tell = () =>
      parent.postMessage({ type: 'tebiki:height', height: Math.ceil(this.getBoundingClientRect().height) }, '*')
    // At once, too: Chromium observes nothing in a frame that is out of sight.
    tell()
    const observer = new ResizeObserver(tell)
    observer.observe(this)
    signal.addEventListener('abort', () => observer.disconnect())
  }
}
