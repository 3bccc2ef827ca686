// The entry of the script of every page but that of the companies.

// Before whatever else follows the window's size.
import './keep-place.ts'
import './every-page.ts'
import { LifeCycles } from './lifecycles/lifecycles.ts'
import { AnswerBox } from './checklist/answer-box.ts'
import { CheckList } from './checklist/check-list.ts'
import { CompanyLine } from './checklist/company-line.ts'
import { ChangedCount } from './checklist/changed-count.ts'
import { ResumeLink } from './checklist/resume-link.ts'
import { CopyLinks } from './copy-link/copy-links.ts'
import { MethodFlow } from './flow/flow.ts'
import { ShowLink } from './show/show-link.ts'
import { SelfTest } from './self-test/self-test.ts'
import { AnswerHub } from './store/answer-hub.ts'
import { SlashKey } from './search/slash-key.ts'

customElements.define('life-cycles', LifeCycles)
customElements.define('show-link', ShowLink)
customElements.define('slash-key', SlashKey)
customElements.define('self-test', SelfTest)
customElements.define('answer-hub', AnswerHub)
customElements.define('answer-box', AnswerBox)
customElements.define('check-list', CheckList)
customElements.define('company-line', CompanyLine)
customElements.define('changed-count', ChangedCount)
customElements.define('resume-link', ResumeLink)
customElements.define('method-flow', MethodFlow)
customElements.define('copy-links', CopyLinks)
