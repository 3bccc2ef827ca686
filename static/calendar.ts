// The entry of the script of the calendar: loaded after that of every page.
import { CompanyCalendar } from './show/company-calendar.ts'

customElements.define('company-calendar', CompanyCalendar)
