// The entry of the script of the page of the companies: what every page has, and what only this one
// needs. One script, for a page has one store.
import './every-page.ts'
import { CompanyList } from './workspace/company-list.ts'
import { EraseAll } from './workspace/erase-all.ts'
import { LoadFile } from './workspace/load-file.ts'
import { SaveFile } from './workspace/save-file.ts'
import { ShareLink } from './workspace/share-link.ts'
import { SharedCopy } from './workspace/shared-copy.ts'
import { WorkSpace } from './workspace/work-space.ts'

customElements.define('work-space', WorkSpace)
customElements.define('company-list', CompanyList)
customElements.define('save-file', SaveFile)
customElements.define('load-file', LoadFile)
customElements.define('share-link', ShareLink)
customElements.define('shared-copy', SharedCopy)
customElements.define('erase-all', EraseAll)
