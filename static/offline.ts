// The entry of the script of the copy that the browser keeps: loaded after that of every page, on the
// page that tells of it and where a new version has come.
import { OfflineCopy } from './offline/offline-copy.ts'
import { UpdateNotice } from './offline/update-notice.ts'

customElements.define('offline-copy', OfflineCopy)
customElements.define('update-notice', UpdateNotice)
