// The entry of the script of every page but that of the companies. Each element stands around HTML that is complete without
// it.
import { LifeCycles } from './lifecycles/lifecycles.ts'
import { AnswerBox } from './checklist/answer-box.ts'
import { CheckList } from './checklist/check-list.ts'
import { CompanyLine } from './checklist/company-line.ts'
import { ChangedCount } from './checklist/changed-count.ts'
import { ResumeLink } from './checklist/resume-link.ts'
import { SaveState } from './checklist/save-state.ts'
import { splitPath } from './fragment.ts'
import { MethodFlow } from './flow/flow.ts'
import { ShowLink } from './show/show-link.ts'
import { SiteMenu } from './menu/menu.ts'
import { PrintButton } from './print-button/print-button.ts'
import { SelfTest } from './self-test/self-test.ts'
import { PageTerms } from './terms/page-terms.ts'
import { SiteOffline } from './offline/site-offline.ts'
import { AnswerHub } from './store/answer-hub.ts'
import { AnswerStore } from './store/answer-store.ts'
import { AskName } from './workspace/ask-name.ts'
import { BackupReminder } from './workspace/backup-reminder.ts'
import { SiteSearch } from './search/site-search.ts'
import { SlashKey } from './search/slash-key.ts'

customElements.define('answer-store', AnswerStore)
customElements.define('life-cycles', LifeCycles)
customElements.define('show-link', ShowLink)
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
customElements.define('changed-count', ChangedCount)
customElements.define('resume-link', ResumeLink)
customElements.define('save-state', SaveState)
customElements.define('method-flow', MethodFlow)
customElements.define('site-offline', SiteOffline)
customElements.define('ask-name', AskName)
customElements.define('backup-reminder', BackupReminder)

// The server has no such page, but the one that was meant.
const meant = location.protocol === 'file:' ? undefined : splitPath(location.pathname)
if (meant) location.replace(meant)
