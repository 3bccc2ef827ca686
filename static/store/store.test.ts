import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { empty, own, serialize, type Saved } from '../answers/format.ts'
import { merge } from '../answers/merge.ts'
import { parse } from '../answers/parse.ts'
import { forAll, Random, someSaved, someText } from '../answers/random.testing.ts'
import { answer, MemoryBackend, pageKey, type Backend, type Contents, type Request } from './backend.ts'
import type { Records } from './journal.ts'
import { Unshared } from './place.ts'
import { Store } from './store.ts'

const id = 'tebiki'

/** A browser's storage, as far as the store uses it. */
class FakeStorage {
  [key: string]: unknown

  static of(text: string | null, key = id): FakeStorage & Storage {
    const storage = new FakeStorage() as FakeStorage & Storage
    if (text !== null) storage[key] = text
    return storage
  }

  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(this[key]) : null
  }

  setItem(key: string, value: string): void {
    if (Object.values(this).join('').length + value.length > 5_000_000)
      throw new DOMException('full', 'QuotaExceededError')
    this[key] = value
  }

  removeItem(key: string): void {
    delete this[key]
  }
}

/** A journal that is on the disk at once, and can fail. */
class FakeJournal implements Records {
  readonly records = new Map<number, string>()
  #lastKey = 0
  fault: Error | undefined

  async recall(mark: number): Promise<string[] | undefined> {
    if (this.fault) throw this.fault
    const keys = [...this.records.keys()].sort((a, b) => a - b)
    return (keys.at(-1) ?? 0) === mark ? undefined : keys.map((key) => this.records.get(key)!)
  }

  async log(text: string, upTo: number): Promise<number> {
    if (this.fault) throw this.fault
    for (const key of this.records.keys()) if (key <= upTo) this.records.delete(key)
    const key = (this.#lastKey = Math.max(Date.now(), this.#lastKey + 1))
    if (text) this.records.set(key, text)
    return key
  }

  /** What is in all records together. */
  get saved(): Saved {
    return [...this.records.values()].reduce((saved, text) => {
      const result = parse(text)
      assert.ok('saved' in result)
      return merge(saved, result.saved)
    }, empty())
  }
}

class FakeBackend implements Backend {
  kind: Backend['kind'] = 'saved'
  onchange: (text: string | null) => void = () => {}
  fault: Error | undefined
  readonly storage: Storage
  readonly journal: FakeJournal

  constructor(storage: Storage, journal = new FakeJournal()) {
    this.storage = storage
    this.journal = journal
  }

  async ask(request: Request): Promise<Contents> {
    if (this.fault && request[0] === 'swap') throw this.fault
    return answer(this.storage, id, request, id, this.journal)
  }
}

/** A store whose backend answers only the first request until it is told to go on. */
async function slowStore(unshared: Unshared): Promise<{ store: Store; go: () => void }> {
  const backend = new FakeBackend(FakeStorage.of(null))
  const store = new Store('わたしの会社')
  await store.use({ backend, unshared })
  const ask = backend.ask.bind(backend)
  let go = () => {}
  const told = new Promise<void>((resolve) => (go = resolve))
  backend.ask = async (request) => {
    await told
    return ask(request)
  }
  return { store, go }
}

async function open(
  text: string | null = null,
): Promise<{ store: Store; storage: Storage; backend: FakeBackend; states: string[] }> {
  const storage = FakeStorage.of(text)
  const backend = new FakeBackend(storage)
  const store = await storeAt(backend)
  const states: string[] = []
  store.addEventListener('state', () => states.push(store.state.kind))
  return { store, storage, backend, states }
}

async function storeAt(backend: Backend): Promise<Store> {
  const store = new Store('わたしの会社')
  await store.use({ backend })
  return store
}

const stored = (storage: Storage): Saved => {
  const result = parse(storage.getItem('tebiki') ?? '')
  assert.ok('saved' in result)
  return result.saved
}

suite('store', () => {
  test('an answer is there at once, and then stored', async () => {
    const { store, storage, states } = await open()
    assert.deepEqual([store.state.kind, store.state.time, store.company()], ['saved', undefined, undefined])
    let changes = 0
    store.addEventListener('change', () => changes++)
    const saving = store.setAnswer('antivirus', { status: 'done', revision: 2 })
    assert.equal(store.answer('antivirus')?.status, 'done')
    assert.equal(changes, 1)
    await saving
    assert.deepEqual(stored(storage), store.saved)
    assert.deepEqual(states, ['saved'])
    assert.ok(store.state.time)
    assert.equal(store.company()?.name, 'わたしの会社')
    const { at } = store.answer('antivirus')!
    assert.equal(at.status, at.revision)
  })

  test('nothing is stored unless something changes', async () => {
    const { store, storage } = await open()
    await store.edit(() => {})
    await store.refresh()
    assert.deepEqual([Object.keys(storage), store.company()], [[], undefined])
  })

  test('who answers on a checklist uses its method', async () => {
    const { store } = await open()
    await store.setAnswer('antivirus', { status: 'done' })
    assert.deepEqual(store.company()?.methods, [])
    for (const method of ['vpn', 'vpn', 'cloud']) await store.setAnswer('antivirus', { note: method }, method)
    assert.deepEqual(store.company()?.methods, ['vpn', 'cloud'])
    assert.ok(store.company()?.at['methods.vpn'])
  })

  test('a number for an emergency alone makes a company, and joins the one that is stored', async () => {
    const store = new Store('わたしの会社')
    await store.editCompany((company) => void (company['contact.boss'] = '090'))
    assert.equal(store.company()?.['contact.boss'], '090')

    const other = new Store('わたしの会社')
    await other.use({ backend: new MemoryBackend() })
    await other.edit((draft) => {
      draft.companies.other = { name: '甲社', methods: [], answers: {}, at: {} }
      draft.current = 'other'
    })
    await store.use({ backend: new FakeBackend(FakeStorage.of(serialize(other.saved))) })
    assert.equal(store.company()?.name, '甲社')
    assert.equal(store.company()?.['contact.boss'], '090')
  })

  test('a product alone makes a company, and is taken away again', async () => {
    const { store, storage } = await open()
    const kept = () => stored(storage).companies.first
    await store.editCompany((company) => void (company['product.old-system'] = 'yes'))
    assert.equal(kept()?.['product.old-system'], 'yes')
    const ticked = kept()?.at['product.old-system'] ?? ''
    await store.editCompany((company) => void (company['product.old-system'] = ''))
    assert.equal(kept()?.['product.old-system'], '')
    assert.ok((kept()?.at['product.old-system'] ?? '') > ticked, 'the time of its going')
  })

  test('a field is taken away', async () => {
    const { store, storage } = await open()
    await store.setAnswer('antivirus', { status: 'na', reason: 'x' })
    await store.setAnswer('antivirus', { status: 'done', reason: undefined })
    assert.equal(store.answer('antivirus')?.reason, undefined)
    assert.ok(stored(storage).companies.first?.answers.antivirus?.at.reason)
  })

  test('times never go back, even if the clock does', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 5, 1) })
    const { store, storage } = await open()
    const times: string[] = []
    const note = async (store: Store) => {
      await store.setAnswer('antivirus', { note: String(times.length) })
      times.push(store.answer('antivirus')!.at.note!)
    }
    for (let i = 0; i < 5; i++) await note(store)
    t.mock.timers.setTime(Date.UTC(2020, 0, 1))
    for (let i = 0; i < 5; i++) await note(store)
    const later = await open(storage.getItem('tebiki'))
    for (let i = 0; i < 5; i++) await note(later.store)
    assert.deepEqual(times, [...new Set(times)].sort())
  })

  test('a company made by hand takes no default one with it', async () => {
    const { store } = await open()
    await store.edit((draft) => {
      draft.companies.mine = { name: 'B', methods: ['vpn'], answers: {}, at: {} }
      draft.current = 'mine'
    })
    assert.deepEqual(Object.keys(store.saved.companies), ['mine'])
    assert.equal(store.company()?.name, 'B')
    assert.ok(store.company()?.at['methods.vpn'])
  })

  test('a default name gives way to one that was given', async () => {
    const one = await open()
    const two = await open()
    await two.store.edit((draft) => void (draft.companies[draft.current]!.name = 'A社'))
    await one.store.setAnswer('antivirus', { status: 'done' })
    assert.equal(merge(one.store.saved, two.store.saved).companies.first?.name, 'A社')
  })

  test('what could not be read again is an error and changes nothing', async () => {
    const { store, storage } = await open()
    await store.setAnswer('antivirus', { due: '2026-01-01' })
    const before = storage.getItem('tebiki')
    await assert.rejects(
      store.setAnswer('antivirus', { due: '12345-01-01' }),
      /wrong-type companies\.first\.answers\.antivirus\.due/,
    )
    assert.deepEqual([serialize(store.saved), storage.getItem('tebiki')], [before, before])
    assert.equal(store.state.kind, 'refused')
    assert.match(store.state.refused ?? '', /12345-01-01/)
    await store.setAnswer('antivirus', { note: 'n' })
    assert.equal(store.state.kind, 'saved')
    assert.match(store.state.refused ?? '', /12345-01-01/, 'what is still not stored')
  })

  test('a note beyond all measure is told until it is shorter', async () => {
    const { store, storage } = await open()
    await store.setAnswer('antivirus', { note: 'x'.repeat(6_000_000) })
    assert.equal(store.state.kind, 'full')
    await store.setAnswer('backup', { note: 'short' })
    assert.deepEqual([store.state.kind, storage.getItem('tebiki')], ['full', null])
    await store.setAnswer('antivirus', { note: 'shorter' })
    assert.equal(store.state.kind, 'saved')
    assert.deepEqual(stored(storage), store.saved)
    assert.equal(store.answer('backup')?.note, 'short')
  })

  test('too many answers take the place of none', async () => {
    const { store } = await open()
    await store.setAnswer('antivirus', { status: 'done' })
    const before = store.saved
    const company = { name: 'x'.repeat(6_000_000), methods: [], answers: {}, at: {} }
    await store.replace({ ...empty(), companies: { first: company } })
    assert.deepEqual([store.saved, store.state.kind], [before, 'full'])
  })

  test('a time at the end of all times does not stop an edit', async () => {
    for (const time of ['8999-12-31T23:59:59.999Z', '9998-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z']) {
      const at = { name: time, status: time, note: time, revision: time }
      const answers = { antivirus: { status: 'todo', note: 'z', revision: 1, at } as const }
      const before = { ...empty(), companies: { first: { name: 'z', methods: [], answers, at } } }
      const { store, storage } = await open(serialize(before))
      await store.setAnswer('antivirus', { status: 'done', note: 'a' })
      await store.edit(({ companies }) => void (companies.first!.name = 'a'))
      assert.equal(store.state.kind, 'saved', time)
      const again = await storeAt(new FakeBackend(storage))
      const { status, note } = again.answer('antivirus')!
      assert.deepEqual([status, note, again.company()?.name], ['done', 'a', 'a'], time)
      await again.erase()
      assert.equal(again.company(), undefined, time)
    }
  })

  test('a deleted company goes, and comes back', async () => {
    const { store, storage } = await open()
    await store.setAnswer('antivirus', { note: 'secret' })
    const kept = store.saved.companies.first!
    await store.edit((draft) => void (draft.companies.first!.deleted = true))
    assert.equal(store.company(), undefined)
    assert.ok(!storage.getItem('tebiki')?.includes('secret'))
    await store.edit((draft) => {
      draft.companies.first = kept
      draft.current = 'first'
    })
    assert.equal(store.answer('antivirus')?.note, 'secret')
    assert.deepEqual(Object.keys(store.saved.companies), ['first'])
  })

  test('after all was deleted, the next answer makes a new company', async () => {
    const { store } = await open()
    await store.setAnswer('antivirus', { note: 'secret' })
    await store.erase()
    await store.setAnswer('antivirus', { note: 'new' })
    assert.deepEqual(
      Object.entries(store.saved.companies).map(([id, { deleted }]) => [id, deleted]),
      [
        ['first', true],
        ['first-2', undefined],
      ],
    )
  })

  test('erase leaves no word behind, and can be undone', async () => {
    const { store, storage } = await open()
    await store.edit((draft) => {
      draft.companies.second = {
        name: 'secret',
        methods: ['secret'],
        answers: { secret: { note: 'secret', at: {} } },
        at: {},
      }
    })
    await store.setAnswer('antivirus', { note: 'secret' })
    storage.setItem('tebiki-aside-2026-01-01T00:00:00.000Z', 'secret')
    const before = await store.erase()
    assert.ok(!JSON.stringify(storage).includes('secret'), JSON.stringify(storage))
    assert.deepEqual([store.company(), store.answer('antivirus')], [undefined, undefined])
    await store.replace(before)
    assert.deepEqual(stored(storage), store.saved)
    assert.equal(store.saved.companies.second?.answers.secret?.note, 'secret')
    assert.equal(store.answer('antivirus')?.note, 'secret')
  })

  test('a file written before an erase can be read after it', async () => {
    const { store } = await open()
    await store.setAnswer('antivirus', { status: 'done', note: 'n' })
    const file = serialize(store.saved)
    await store.erase()
    const result = parse(file)
    assert.ok('saved' in result)
    await store.replace(merge(store.saved, result.saved, 'both'))
    assert.equal(store.answer('antivirus')?.note, 'n')
  })

  test('what cannot be read is set aside and offered', async () => {
    for (const text of ['{"format":1,', '[]', '{"format":1,"companies":{"first":{"answers":{"x":{"status":1}}}}}']) {
      const { store, storage } = await open(text)
      assert.deepEqual([store.state.kind, store.state.aside], ['unreadable', text])
      const asides = () => Object.keys(storage).filter((key) => key.startsWith('tebiki-aside-'))
      assert.deepEqual(
        asides().map((key) => storage.getItem(key)),
        [text],
      )
      await store.setAnswer('antivirus', { status: 'done' })
      assert.deepEqual([store.state.kind, store.state.aside], ['saved', text])
      assert.equal(stored(storage).companies.first?.answers.antivirus?.status, 'done')
      const again = await storeAt(new FakeBackend(storage))
      assert.deepEqual([again.state.kind, again.state.aside, asides().length], ['saved', text, 1])
    }
  })

  test('what there is no room to set aside stays where it is', async () => {
    const text = 'x'.repeat(4_999_000)
    const { store, storage } = await open(text)
    storage.setItem = () => assert.fail('stored')
    assert.equal(store.state.kind, 'unreadable')
    const full = FakeStorage.of(text)
    full.setItem = (key, value) => {
      if (key !== 'tebiki') throw new DOMException('full', 'QuotaExceededError')
      full[key] = value
    }
    const other = await storeAt(new FakeBackend(full))
    await other.setAnswer('antivirus', { status: 'done' })
    assert.equal(other.state.kind, 'unreadable')
    assert.equal(full.getItem('tebiki'), text)
    assert.equal(other.answer('antivirus')?.status, 'done')
  })

  test('a newer format is not overwritten, but by erase', async () => {
    const text = '{"format":2,"wonderful":true}'
    const { store, storage } = await open(text)
    assert.equal(store.state.kind, 'newer-format')
    await store.setAnswer('antivirus', { status: 'done' })
    await store.refresh()
    assert.deepEqual(
      [store.state.kind, storage.getItem('tebiki'), store.answer('antivirus')?.status],
      ['newer-format', text, 'done'],
    )
    await store.erase()
    assert.ok(!storage.getItem('tebiki')?.includes('wonderful'))
    await store.setAnswer('antivirus', { status: 'done' })
    assert.equal(store.state.kind, 'saved')
  })

  test('a newer version in another tab stops this one', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { status: 'done' })
    const newer = '{"format":2}'
    storage.setItem('tebiki', newer)
    backend.onchange(newer)
    await store.setAnswer('antivirus', { status: 'todo' })
    assert.deepEqual([store.state.kind, storage.getItem('tebiki')], ['newer-format', newer])
  })

  test('something unreadable that comes later is set aside, too', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { status: 'done' })
    storage.setItem('tebiki', 'garbage')
    backend.onchange('garbage')
    await store.setAnswer('antivirus', { note: 'x' })
    assert.deepEqual(stored(storage), store.saved)
    assert.deepEqual(
      [store.state.kind, store.state.aside, store.answer('antivirus')?.status],
      ['saved', 'garbage', 'done'],
    )
  })

  test('a full storage is told, and tried again', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'old' })
    backend.fault = new DOMException('full', 'QuotaExceededError')
    await store.setAnswer('antivirus', { note: 'new' })
    assert.deepEqual(
      [store.state.kind, store.answer('antivirus')?.note, stored(storage).companies.first?.answers.antivirus?.note],
      ['full', 'new', 'old'],
    )
    backend.fault = undefined
    await store.refresh()
    assert.deepEqual([store.state.kind, stored(storage).companies.first?.answers.antivirus?.note], ['saved', 'new'])
  })

  test('a storage blocked later is told', async () => {
    const { store, backend } = await open()
    backend.fault = new DOMException('no', 'SecurityError')
    await store.setAnswer('antivirus', { note: 'new' })
    assert.deepEqual([store.state.kind, store.answer('antivirus')?.note], ['memory', 'new'])
  })

  test('a slow storage is told', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { store, backend, states } = await open()
    const ask = backend.ask.bind(backend)
    let go = () => {}
    backend.ask = async (request) => {
      if (request[0] === 'swap') await new Promise<void>((resolve) => (go = resolve))
      return ask(request)
    }
    const saving = store.setAnswer('antivirus', { note: 'new' })
    await Promise.resolve()
    t.mock.timers.tick(1000)
    assert.deepEqual(states, ['saving'])
    go()
    await saving
    assert.deepEqual(states, ['saving', 'saved'])
  })

  test('two handbooks share no answers, and an erase is one of one', async () => {
    const storage = FakeStorage.of(null)
    const backendOf = (id: string): Backend => ({
      kind: 'saved',
      onchange: () => {},
      ask: (request) => answer(storage, id, request),
    })
    const [one, two] = [await storeAt(backendOf('tebiki')), await storeAt(backendOf('kitchen'))]
    await one.setAnswer('antivirus', { note: 'mine' })
    assert.equal(two.answer('antivirus'), undefined)
    await two.setAnswer('antivirus', { note: 'theirs' })
    storage.setItem('tebiki-aside-2026-01-01T00:00:00.000Z', 'mine')
    await two.erase()
    assert.equal(stored(storage).companies.first?.answers.antivirus?.note, 'mine')
    assert.doesNotMatch(JSON.stringify(storage), /theirs/)
    const again = await storeAt(backendOf('tebiki'))
    assert.deepEqual([again.answer('antivirus')?.note, again.state.aside], ['mine', 'mine'])
  })

  test('without storage all works in memory', async () => {
    const store = await storeAt(new MemoryBackend())
    assert.equal(store.state.kind, 'memory')
    await store.setAnswer('antivirus', { status: 'done' })
    assert.deepEqual([store.state.kind, store.answer('antivirus')?.status], ['memory', 'done'])
  })

  test('a storage that somebody cleared gets our answers back with the next edit', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { status: 'done' })
    storage.removeItem('tebiki')
    backend.onchange(null)
    await store.refresh()
    assert.equal(storage.getItem('tebiki'), null)
    await store.setAnswer('antivirus', { note: 'x' })
    assert.equal(stored(storage).companies.first?.answers.antivirus?.status, 'done')
  })

  test('what a page could not share is joined and removed', async () => {
    const storage = FakeStorage.of(null)
    const store = new Store('')
    const text = serialize({
      ...empty(),
      companies: { first: { name: 'a', methods: [], answers: { antivirus: { note: 'unshared', at: {} } }, at: {} } },
    })
    const unshared = new Unshared(FakeStorage.of(text, pageKey(id)), id)
    await store.use({ backend: new FakeBackend(storage), unshared })
    assert.deepEqual(
      [store.answer('antivirus')?.note, stored(storage).companies.first?.answers.antivirus?.note, unshared.text],
      ['unshared', 'unshared', null],
    )

    const again = new Unshared(FakeStorage.of(text, pageKey(id)), id)
    await store.use({ backend: new FakeBackend(storage), unshared: again })
    assert.equal(again.text, null, 'what is stored already')

    const garbage = new Unshared(FakeStorage.of('garbage', pageKey(id)), id)
    await store.use({ backend: new FakeBackend(storage), unshared: garbage })
    const { store: slow, go } = await slowStore(garbage)
    void slow.setAnswer('antivirus', { note: 'new' })
    slow.leave()
    go()
    assert.equal(garbage.text, 'garbage', 'what cannot be read')
  })

  test('what is not stored when the page is left, is found when it is opened again', async () => {
    const storage = FakeStorage.of(null)
    const own = FakeStorage.of(null)
    const { store } = await slowStore(new Unshared(own, id))
    store.leave()
    assert.equal(own.getItem(pageKey(id)), null, 'nothing to keep')
    void store.setAnswer('antivirus', { note: 'on its way' })
    void store.setAnswer('antivirus', { owner: 'in the last moment' })
    store.leave()

    const next = new Store('')
    await next.use({ backend: new FakeBackend(storage), unshared: new Unshared(own, id) })
    assert.deepEqual(
      [next.answer('antivirus')?.note, next.answer('antivirus')?.owner],
      ['on its way', 'in the last moment'],
    )
    assert.deepEqual([stored(storage), own.getItem(pageKey(id))], [next.saved, null])
  })

  test('what was kept unshared goes when the page comes back and can store it', async () => {
    const own = FakeStorage.of(null)
    const { store, go } = await slowStore(new Unshared(own, id))
    const saving = store.setAnswer('antivirus', { note: 'n' })
    store.leave()
    assert.ok(own.getItem(pageKey(id))?.includes('"n"'))
    go()
    await saving
    assert.equal(own.getItem(pageKey(id)), null)

    void store.setAnswer('antivirus', { note: 'm' })
    store.leave()
    own.setItem(pageKey(id), 'of another tab')
    go()
    await store.refresh()
    assert.equal(own.getItem(pageKey(id)), 'of another tab')
  })

  test('nothing is kept unshared beside what a newer version has', async () => {
    const own = FakeStorage.of(null)
    const store = new Store('')
    await store.use({ backend: new FakeBackend(FakeStorage.of('{"format":2}')), unshared: new Unshared(own, id) })
    await store.setAnswer('antivirus', { note: 'n' })
    store.leave()
    assert.equal(own.getItem(pageKey(id)), null)
  })

  test('a better place that comes late gets what is here and gives what it has', async () => {
    const storage = FakeStorage.of((await other()).getItem('tebiki'))
    const store = new Store('')
    let come = (_: { backend: Backend }) => {}
    const later = new Promise<{ backend: Backend }>((resolve) => (come = resolve))
    const page = new FakeBackend(FakeStorage.of(null))
    page.kind = 'page-only'
    await store.use({ backend: page, later })
    await store.setAnswer('antivirus', { status: 'done' })
    assert.equal(store.state.kind, 'page-only')
    come({ backend: new FakeBackend(storage) })
    await new Promise((settled) => setImmediate(settled))
    assert.deepEqual(
      [store.state.kind, store.answer('antivirus')?.status, store.answer('backup')?.note],
      ['saved', 'done', 'there'],
    )
    assert.deepEqual(stored(storage), store.saved)

    async function other(): Promise<Storage> {
      const { store, storage } = await open()
      await store.setAnswer('backup', { note: 'there' })
      return storage
    }
  })

  test('a page turns to the company of its link, also when the place that knows it comes late', async () => {
    const company = (name: string) => ({ name, methods: [], answers: {}, at: { name: '2026-01-01T00:00:00.000Z' } })
    const known = { ...empty(), current: 'a', companies: { a: company('A'), b: company('B') } }
    const there = () => new FakeBackend(FakeStorage.of(serialize(known)))

    const linked = new Store('', 'b')
    await linked.use({ backend: there() })
    assert.deepEqual([linked.company()?.name, linked.saved.current], ['B', 'b'])
    await linked.edit((draft) => void (draft.current = 'a'))
    await linked.use({ backend: there() })
    assert.equal(linked.company()?.name, 'A', 'the link is followed once')

    const late = new Store('', 'b')
    await late.use({ backend: new FakeBackend(FakeStorage.of(null)) })
    await late.setAnswer('antivirus', { status: 'done' })
    await late.use({ backend: there() })
    assert.equal(late.company()?.name, 'B')
    const answered = Object.values(late.saved.companies).filter(({ answers }) => answers.antivirus)
    assert.deepEqual(
      answered.map(({ name }) => name),
      ['B'],
      'whose answers the early ones are',
    )

    const unknown = new Store('', 'c')
    await unknown.use({ backend: there() })
    assert.equal(unknown.company()?.name, 'A', 'a company that is not here')
  })

  test('what is stored is what is here, whatever is edited', () =>
    forAll(
      150,
      (random) => [someSaved(random), random] as const,
      async ([saved, random]) => {
        const { store, storage } = await open(serialize(saved))
        for (let i = 0; i < 8; i++) {
          const text = someText(random)
          const id = random.pick([...Object.keys(store.saved.companies), 'new'])
          await random.pick([
            () => store.setAnswer(random.pick(['antivirus', 'backup', 'no-longer']), { note: text }),
            () => store.editCompany(({ methods }) => void methods.push(text)),
            () => store.edit((draft) => void (draft.current = id)),
            () =>
              store.edit(({ companies }) => {
                const company = own(companies, id)
                if (company) company.name = text
                else companies[id] = { name: text, methods: [], answers: {}, at: {} }
              }),
            () => store.edit(({ companies }) => void (companies[id] && (companies[id].deleted = true))),
            () => store.erase(),
            () => store.replace(merge(store.saved, saved, 'both')),
          ])()
          const now = storage.getItem('tebiki')
          if (now === null) continue
          // Serialized anew, without the texts the store remembers.
          assert.equal(now, serialize(structuredClone(store.saved)))
          assert.deepEqual(parse(now), { saved: store.saved })
        }
      },
    ))

  test('unknown fields and measures outlive every edit', () =>
    forAll(
      100,
      (random) => [someSaved(random), someText(random)] as const,
      async ([saved, note]) => {
        const { store, storage } = await open(serialize(saved))
        await store.setAnswer('antivirus', { note })
        await store.edit((draft) => void draft.companies[draft.current]!.methods.push('new'))
        const now = stored(storage)
        for (const [id, company] of Object.entries(saved.companies)) {
          const kept = own(now.companies, id)
          assert.deepEqual(
            Object.keys(company).filter((field) => !Object.hasOwn(kept!, field)),
            [],
          )
          assert.deepEqual(
            Object.keys(company.answers).filter((measure) => !Object.hasOwn(kept!.answers, measure)),
            [],
          )
        }
        assert.deepEqual((now as { later?: unknown }).later, (saved as { later?: unknown }).later)
      },
    ))
})

suite('journal', () => {
  /** A store that is opened after the browser was killed: its storage is as it was on the disk. */
  const afterKill = async (onDisk: Record<string, string>, journal: FakeJournal) => {
    const backend = new FakeBackend(Object.assign(FakeStorage.of(null), onDisk), journal)
    const store = await storeAt(backend)
    await new Promise((settled) => setImmediate(settled))
    return { store, storage: backend.storage, journal }
  }
  const onDisk = (storage: Storage) => ({ ...storage }) as Record<string, string>

  test('what the storage lost is there again', () =>
    forAll(
      30,
      (random) => random,
      async (random) => {
        const { store, storage, backend } = await open()
        let disk = onDisk(storage)
        for (let n = random.below(250); n >= 0; n--) {
          await store.setAnswer(`m${random.below(20)}`, { note: someText(random) })
          if (random.chance(0.02)) disk = onDisk(storage)
        }
        assert.deepEqual(backend.journal.saved, store.saved)
        const again = await afterKill(disk, backend.journal)
        assert.deepEqual(again.store.saved, store.saved)
        assert.deepEqual(stored(again.storage), store.saved)
        assert.deepEqual(again.journal.saved, store.saved)
        const { records } = again.journal
        assert.ok(records.size <= 101, `got ${records.size} records`)
      },
    ))

  test('a record holds what was changed alone, until there are many', async () => {
    const { store, backend } = await open()
    await store.setAnswer('antivirus', { note: 'old' })
    await store.setAnswer('backup', { note: 'new' })
    const [first, second] = [...backend.journal.records.values()]
    assert.match(first!, /"old"/)
    assert.match(second!, /"new"/)
    assert.doesNotMatch(second!, /"old"/)
    for (let n = 0; n < 100; n++) await store.setAnswer('backup', { note: `${n}` })
    assert.ok(backend.journal.records.size < 10)
  })

  test('stored is said when the journal has it, and the storage does not wait for that', async () => {
    const { store, storage, backend, states } = await open()
    const { journal } = backend
    const log = journal.log.bind(journal)
    const waiting: (() => void)[] = []
    journal.log = async (text, upTo) => {
      await new Promise<void>((go) => waiting.push(go))
      return log(text, upTo)
    }
    const saving = [store.setAnswer('antivirus', { note: 'one' }), store.setAnswer('antivirus', { note: 'two' })]
    await new Promise((settled) => setImmediate(settled))
    saving.push(store.setAnswer('antivirus', { note: 'three' }))
    await new Promise((settled) => setImmediate(settled))
    assert.deepEqual([states, stored(storage)], [[], store.saved])
    while (waiting.length > 0) {
      waiting.shift()!()
      await new Promise((settled) => setImmediate(settled))
    }
    await Promise.all(saving)
    assert.deepEqual([states, store.state.durable, journal.saved], [['saved'], true, store.saved])
  })

  test('without a journal it is told that what is stored may be lost', async () => {
    const { store, storage, backend } = await open()
    backend.journal.fault = new Error('blocked')
    await store.setAnswer('antivirus', { note: 'one' })
    assert.deepEqual([store.state.kind, store.state.durable, stored(storage)], ['saved', false, store.saved])
    backend.journal.fault = undefined
    await store.refresh()
    assert.deepEqual([store.state.durable, backend.journal.saved], [true, store.saved])
  })

  test('when it was stored is known when the page is opened again', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'one' })
    const again = await afterKill(onDisk(storage), backend.journal)
    const { time, durable } = again.store.state
    assert.ok(Math.abs(Number(time) - Number(store.state.time)) < 1000)
    assert.equal(durable, true)
  })

  test('what was erased or deleted does not come back', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'a secret' })
    const before = onDisk(storage)
    await store.edit((draft) => void (draft.companies.first!.deleted = true))
    assert.doesNotMatch(JSON.stringify([...backend.journal.records]), /secret/)
    const again = await afterKill(before, backend.journal)
    assert.deepEqual([again.store.company(), stored(again.storage)], [undefined, again.store.saved])

    await again.store.setAnswer('antivirus', { note: 'another secret' })
    const second = onDisk(again.storage)
    const kept = await again.store.erase()
    assert.doesNotMatch(JSON.stringify([...again.journal.records]), /secret/)
    const third = await afterKill(second, again.journal)
    assert.deepEqual(third.store.company(), undefined)
    await third.store.replace(kept)
    assert.equal((await afterKill(second, third.journal)).store.answer('antivirus')?.note, 'another secret')
  })

  test('an erase empties a journal that this page has not read', async () => {
    const { store, backend } = await open()
    await store.setAnswer('antivirus', { note: 'a secret' })
    const { journal } = backend
    const other = await storeAt(new FakeBackend(FakeStorage.of(null), journal))
    await other.erase()
    assert.doesNotMatch(JSON.stringify([...journal.records]), /secret/)
  })

  test('who clears the storage clears the journal', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'a secret' })
    for (const key of Object.keys(storage)) storage.removeItem(key)
    await store.refresh()
    const { store: again } = await afterKill({}, backend.journal)
    assert.deepEqual([again.company(), backend.journal.records.size], [undefined, 0])
    await store.setAnswer('antivirus', { status: 'done' })
    assert.deepEqual(backend.journal.saved, store.saved, 'all goes back')
  })

  test('what another program put into the storage is not overwritten', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'one' })
    const answers = { antivirus: { note: 'another', at: {} } }
    const other = { ...empty(), companies: { first: { name: '', methods: [], answers, at: {} } } }
    const again = await afterKill({ ...onDisk(storage), tebiki: serialize(other) }, backend.journal)
    assert.equal(again.store.answer('antivirus')?.note, 'another')
  })

  test('it has what was in a text that cannot be read any more', async () => {
    const { store, storage, backend } = await open()
    await store.setAnswer('antivirus', { note: 'one' })
    const { store: again } = await afterKill({ ...onDisk(storage), tebiki: '{"format":1,"comp' }, backend.journal)
    assert.deepEqual([again.answer('antivirus')?.note, again.state.aside], ['one', '{"format":1,"comp'])
  })

  test('records of a newer format stay, and what is none is passed over', async () => {
    const newer = new FakeJournal()
    newer.records.set(1, '{"format":2}')
    const { store } = await afterKill({}, newer)
    assert.equal(store.state.kind, 'newer-format')
    await store.setAnswer('antivirus', { status: 'done' })
    assert.deepEqual([...newer.records.values()], ['{"format":2}'])

    const broken = new FakeJournal()
    await (await storeAt(new FakeBackend(FakeStorage.of(null), broken))).setAnswer('antivirus', { note: 'one' })
    broken.records.set(1, '{"format"')
    assert.equal((await afterKill({}, broken)).store.answer('antivirus')?.note, 'one')
  })
})

/** Runs what happens between tabs and their storage one step at a time, in any possible order. */
class World {
  readonly #pending: (() => void)[][] = []
  readonly random: Random
  readonly storage = FakeStorage.of(null)
  readonly journal = new FakeJournal()
  readonly tabs: Tab[] = []
  busy = 0

  constructor(random: Random) {
    this.random = random
  }

  /** The steps of one queue keep their order. */
  line(): (happen: () => void) => void {
    const line: (() => void)[] = []
    this.#pending.push(line)
    return (happen) => void line.push(happen)
  }

  async step(): Promise<boolean> {
    await new Promise((settled) => setImmediate(settled))
    const waiting = this.#pending.filter((line) => line.length > 0)
    if (waiting.length === 0) return false
    this.random.pick(waiting).shift()?.()
    return true
  }
}

/**
 * A tab's access to the storage: slow, sometimes refused, sometimes without news of others, with a
 * view of its own that may lag behind.
 */
class Tab implements Backend {
  readonly kind = 'saved'
  onchange: (text: string | null) => void = () => {}
  readonly world: World
  readonly faults: { loss: number; refusal: number; lag: boolean }
  #view: string | null = null
  readonly #requests: (happen: () => void) => void
  readonly #news: (happen: () => void) => void

  constructor(world: World, faults: Tab['faults']) {
    this.world = world
    this.faults = faults
    this.#requests = world.line()
    this.#news = faults.lag ? world.line() : this.#requests
    world.tabs.push(this)
  }

  ask(request: Request): Promise<Contents> {
    return new Promise((resolve, reject) =>
      this.#requests(() => {
        const { storage, random, tabs } = this.world
        if (random.chance(this.faults.refusal) && request[0] === 'swap')
          return this.#requests(() => reject(new DOMException('full', 'QuotaExceededError')))
        const before = storage.getItem('tebiki')
        if (this.faults.lag && request[0] === 'swap') {
          // Each browser process has a copy. What it stores replaces whatever others have stored
          // meanwhile.
          const [, expected, text] = request
          if (this.#view !== expected) return resolve({ text: this.#view })
          this.#view = text
          storage.setItem('tebiki', text)
          resolve({ text })
        } else if (this.faults.lag && request[0] === 'read') {
          resolve({ text: this.#view })
        } else {
          const contents = answer(storage, id, request, id, this.world.journal)
          this.#requests(() => resolve(contents))
        }
        const after = storage.getItem('tebiki')
        if (after !== before) {
          for (const tab of tabs) {
            if (tab !== this) tab.hear(after)
          }
        }
      }),
    )
  }

  hear(text: string | null): void {
    if (this.world.random.chance(this.faults.loss)) return
    this.#news(() => {
      this.#view = text
      this.onchange(text)
    })
  }
}

suite('two tabs', () => {
  for (const [name, faults] of Object.entries({
    'that hear each other': { loss: 0, refusal: 0, lag: false },
    'over a way that loses news and refuses at times': { loss: 0.5, refusal: 0.2, lag: false },
    'with views that lag behind': { loss: 0, refusal: 0, lag: true },
  })) {
    test(`${name} lose none of 200 edits`, () =>
      forAll(
        5,
        (random) => random,
        async (random) => {
          const world = new World(random)
          const stores = [new Store('x'), new Store('x')]
          const starting = Promise.all(stores.map((store) => store.use({ backend: new Tab(world, faults) })))
          while (await world.step());
          await starting

          const expected = new Map<string, string>()
          const waiting: Promise<void>[] = []
          for (let i = 0; i < 200; i++) {
            const store = random.pick(stores)
            const measure = `m${random.below(150)}`
            const edited = [...expected.keys()].some((key) => key.startsWith(`${measure} `))
            const field = edited ? `note${i}` : 'note'
            waiting.push(store.setAnswer(measure, { [field]: `edit ${i}` }))
            expected.set(`${measure} ${field}`, `edit ${i}`)
            for (let steps = random.below(6); steps > 0; steps--) await world.step()
          }
          while (await world.step());
          await Promise.all(waiting)
          // The reader looks at both tabs again.
          for (let round = 0; round < 20; round++) {
            const refreshing = Promise.all(stores.map((store) => store.refresh()))
            while (await world.step());
            await refreshing
          }

          const [one, two] = stores.map(({ saved }) => saved)
          assert.deepEqual(one, two)
          assert.deepEqual(stored(world.storage), one)
          assert.deepEqual(world.journal.saved, one)
          const got = new Map(
            Object.entries(one!.companies.first!.answers).flatMap(([measure, { at: _, ...fields }]) =>
              Object.entries(fields).map(([field, value]) => [`${measure} ${field}`, value]),
            ),
          )
          assert.deepEqual(new Map([...got].sort()), new Map([...expected].sort()))
          assert.deepEqual(Object.keys(one!.companies), ['first'])
        },
      ))
  }

  test('an erase in one is an erase in both', () =>
    forAll(
      100,
      (random) => random,
      async (random) => {
        const world = new World(random)
        const faults = { loss: 0, refusal: 0, lag: random.chance(0.5) }
        const stores = [new Store('x'), new Store('x')]
        const run = async (all: Promise<unknown>[]) => {
          while (await world.step());
          await Promise.all(all)
        }
        await run(stores.map((store) => store.use({ backend: new Tab(world, faults) })))
        await run([stores[0]!.setAnswer('antivirus', { note: 'secret' })])
        const erasing = stores[0]!.erase()
        for (let steps = random.below(4); steps > 0; steps--) await world.step()
        // Typed before the news came, or after.
        const typing = stores[1]!.setAnswer('backup', { note: 'late' })
        await run([erasing, typing])
        for (const { saved } of stores) assert.ok(!serialize(saved).includes('secret'))
        assert.ok(!world.storage.getItem('tebiki')?.includes('secret'))
        assert.ok(!JSON.stringify([...world.journal.records]).includes('secret'))
      },
    ))
})
