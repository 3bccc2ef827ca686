// The entry of the one script. Every element here stands around HTML that is
// complete without it.
import { SiteMenu } from './menu/menu.ts'
import { PrintButton } from './print-button/print-button.ts'

customElements.define('site-menu', SiteMenu)
customElements.define('print-button', PrintButton)
