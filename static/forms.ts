// The entry of the script of what readers fill in for others: loaded after that of every page, and
// only where there is something of it.
import { CopyText } from './copy-text/copy-text.ts'
import { EmergencySheet } from './emergency/emergency-sheet.ts'
import { FrameworkAnswers } from './framework/framework-answers.ts'
import { ReportDates } from './leak-report/report-dates.ts'

customElements.define('copy-text', CopyText)
customElements.define('emergency-sheet', EmergencySheet)
customElements.define('framework-answers', FrameworkAnswers)
customElements.define('report-dates', ReportDates)
