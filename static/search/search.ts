// The entry of the script that is loaded when a reader searches. The elements stand in the page already.
import { SearchBox } from './search-box.ts'
import { SearchPage } from './search-page.ts'

customElements.define('search-box', SearchBox)
customElements.define('search-page', SearchPage)
