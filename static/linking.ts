// The entry of the script of the page for other sites: loaded after that of every page.
import { CopyText } from './copy-text/copy-text.ts'
import { LinkMaker } from './linking/link-maker.ts'
import { LinkingPage } from './linking/linking-page.ts'

customElements.define('linking-page', LinkingPage)
customElements.define('link-maker', LinkMaker)
customElements.define('copy-text', CopyText)
