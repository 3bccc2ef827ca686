// The entry of the script of the pages that compare: a company with what it was, and companies with
// each other. It is loaded after that of every page.
import { CompanyTable } from './show/company-table.ts'
import { CompareStates } from './show/compare-states.ts'
import { KeptStates } from './show/kept-states.ts'
import { OpenFile } from './show/open-file.ts'

customElements.define('open-file', OpenFile)
customElements.define('kept-states', KeptStates)
customElements.define('compare-states', CompareStates)
customElements.define('company-table', CompanyTable)
