/**
 * Asks the browser to keep what is stored here also when it runs out of room. Chromium decides by
 * itself; Firefox asks the reader, whose answer may never come, so nothing waits for it.
 */
export function askToPersist(): void {
  // Undefined where pages are not sent safely.
  const { storage } = navigator as { storage?: StorageManager }
  if (storage && location.protocol !== 'file:') storage.persist().catch(() => {})
}
