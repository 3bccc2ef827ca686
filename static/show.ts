// The entry of the script of the documents that are made of the answers: loaded after that of every
// page, and only where there is one.
import { BossReport } from './show/boss-report.ts'
import { CompanyRules } from './show/company-rules.ts'
import { OwnMethods } from './show/own-methods.ts'
import { PaperForm } from './show/paper-form.ts'
import { StaffHandout } from './show/staff-handout.ts'
import { VendorQuestions } from './show/vendor-questions.ts'

customElements.define('company-rules', CompanyRules)
customElements.define('staff-handout', StaffHandout)
customElements.define('boss-report', BossReport)
customElements.define('paper-form', PaperForm)
customElements.define('own-methods', OwnMethods)
customElements.define('vendor-questions', VendorQuestions)
