// The phone's disk, from behind: what browsers, other programs and broken memory do to it.
//
// The rule this module protects: *the app is not asked*: nothing here goes through its code.

/** A browser that needs the space throws an origin away whole. */
export async function emptied(page) {
  const browser = await page.context().newCDPSession(page)
  const origin = new URL(page.url()).origin
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
}

/**
 * Opens the phone where little space is left, at a page of the origin that is not the app: a browser promises space to a
 * store for a while, so it must not have been open yet.
 */
export async function narrowed(phone) {
  await phone.close()
  const page = await phone.open('/health')
  const browser = await phone.context.newCDPSession(page)
  const { origin } = phone
  const { usage } = await browser.send('Storage.getUsageAndQuota', { origin })
  const quota = (quotaSize) => browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await quota(usage + 1_000_000)
  return { widened: () => quota(usage + 100_000_000) }
}

/** Takes what is left, down to the last bytes. */
export function filled(page) {
  return page.evaluate(async () => {
    const db = await new Promise((done) => {
      const opening = indexedDB.open('photos')
      opening.onupgradeneeded = () => opening.result.createObjectStore('photo', { autoIncrement: true })
      opening.onsuccess = () => done(opening.result)
    })
    const taken = (bytes) =>
      new Promise((done) => {
        const tx = db.transaction('photo', 'readwrite')
        tx.objectStore('photo').add(crypto.getRandomValues(new Uint8Array(bytes)))
        tx.oncomplete = () => done(true)
        tx.onabort = () => done(false)
      })
    for (let bytes = 65_536; bytes >= 64; bytes = Math.floor(bytes / 2)) while (await taken(bytes));
    db.close()
  })
}

/** `count`: how many lie there. `garble`: the last one is overwritten; gives how many lie there. */
export function inStore(page, name, store, what) {
  return page.evaluate(
    ([name, store, what]) =>
      new Promise((done, failed) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => failed(opening.error)
        opening.onsuccess = () => {
          const db = opening.result
          const tx = db.transaction(store, 'readwrite')
          const rows = tx.objectStore(store)
          const asked = rows.getAllKeys()
          asked.onsuccess = () => {
            if (what === 'garble') rows.put(new Uint8Array([1, 2, 3]), asked.result.at(-1))
          }
          tx.oncomplete = () => {
            db.close()
            done(asked.result.length)
          }
        }
      }),
    [name, store, what],
  )
}
