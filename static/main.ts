// The entry of the script of every page. Each element stands around HTML that is complete without
// it.
import { LifeCycles } from './lifecycles/lifecycles.ts'
import { AnswerBox } from './checklist/answer-box.ts'
import { CheckList } from './checklist/check-list.ts'
import { CompanyLine } from './checklist/company-line.ts'
import { ResumeLink } from './checklist/resume-link.ts'
import { SaveState } from './checklist/save-state.ts'
import { MethodFlow } from './flow/flow.ts'
import { SiteMenu } from './menu/menu.ts'
import { PrintButton } from './print-button/print-button.ts'
import { SelfTest } from './self-test/self-test.ts'
import { PageTerms } from './terms/page-terms.ts'
import { AnswerHub } from './store/answer-hub.ts'
import { BackupReminder } from './workspace/backup-reminder.ts'
import { CompanyList } from './workspace/company-list.ts'
import { EraseAll } from './workspace/erase-all.ts'
import { LoadFile } from './workspace/load-file.ts'
import { SaveFile } from './workspace/save-file.ts'
import { ShareLink } from './workspace/share-link.ts'
import { SiteSearch } from './search/site-search.ts'
import { SlashKey } from './search/slash-key.ts'
import { SharedCopy } from './workspace/shared-copy.ts'
import { WorkSpace } from './workspace/work-space.ts'

customElements.define('life-cycles', LifeCycles)
customElements.define('site-menu', SiteMenu)
customElements.define('site-search', SiteSearch)
customElements.define('slash-key', SlashKey)
customElements.define('print-button', PrintButton)
customElements.define('self-test', SelfTest)
customElements.define('page-terms', PageTerms)
customElements.define('answer-hub', AnswerHub)
customElements.define('answer-box', AnswerBox)
customElements.define('check-list', CheckList)
customElements.define('company-line', CompanyLine)
customElements.define('resume-link', ResumeLink)
customElements.define('save-state', SaveState)
customElements.define('method-flow', MethodFlow)
customElements.define('backup-reminder', BackupReminder)
customElements.define('work-space', WorkSpace)
customElements.define('company-list', CompanyList)
customElements.define('save-file', SaveFile)
customElements.define('load-file', LoadFile)
customElements.define('share-link', ShareLink)
customElements.define('shared-copy', SharedCopy)
customElements.define('erase-all', EraseAll)
