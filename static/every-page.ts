// The elements of every page. Each stands around HTML that is complete without it.
import { SaveState } from './checklist/save-state.ts'
import { splitPath } from './fragment.ts'
import { SiteMenu } from './menu/menu.ts'
import { SiteOffline } from './offline/site-offline.ts'
import { PrintButton } from './print-button/print-button.ts'
import { SiteSearch } from './search/site-search.ts'
import { AnswerStore } from './store/answer-store.ts'
import { PageTerms } from './terms/page-terms.ts'
import { AskName } from './workspace/ask-name.ts'
import { BackupReminder } from './workspace/backup-reminder.ts'

customElements.define('answer-store', AnswerStore)
customElements.define('site-menu', SiteMenu)
customElements.define('site-search', SiteSearch)
customElements.define('print-button', PrintButton)
customElements.define('page-terms', PageTerms)
customElements.define('save-state', SaveState)
customElements.define('site-offline', SiteOffline)
customElements.define('ask-name', AskName)
customElements.define('backup-reminder', BackupReminder)

// The server has no such page, but the one that was meant.
const meant = location.protocol === 'file:' ? undefined : splitPath(location.pathname)
if (meant) location.replace(meant)
