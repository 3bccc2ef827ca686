// Both ends of the hub: hub.html, whose storage holds the answers of a folder, and the pages that
// keep it in a hidden frame. place.ts says when it is needed.
import {
  isDurable,
  LocalBackend,
  ownStorage,
  type Backend,
  type Contents,
  type Reach,
  type Request,
} from './backend.ts'

/** From the hub: the answer to a request, or what another tab has stored. */
interface Reply {
  id?: number
  contents?: Contents
  error?: string
  changed?: string | null
}

/** Answers the page that holds this one in a frame. Only pages read as files need it. */
export async function serveHub(id: string): Promise<void> {
  const storage = location.protocol === 'file:' && window.parent !== window ? ownStorage() : undefined
  if (!storage) return
  const backend = new LocalBackend((await isDurable(id)) ? 'saved' : 'long-path', storage, id)
  const { port1: port, port2 } = new MessageChannel()
  const reply = (message: Reply) => port.postMessage(message)
  port.onmessage = ({ data: { id, request } }: MessageEvent<{ id: number; request: Request }>) => {
    backend.ask(request).then(
      (contents) => reply({ id, contents }),
      (error) => reply({ id, error: error instanceof Error ? error.name : '' }),
    )
  }
  backend.onchange = (changed) => reply({ changed })
  // Files have no origin that could be named.
  window.parent.postMessage({ hub: backend.kind }, '*', [port2])
}

/** Puts the hub's page into a hidden element, and waits until it answers; that may be never. */
export function openHub(address: string, holder: HTMLElement): Promise<Backend> {
  const frame = document.createElement('iframe')
  frame.src = address
  return new Promise((resolve) => {
    addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<{ hub: Reach }>) => {
      if (source === frame.contentWindow && port) resolve(new HubBackend(data.hub, port))
    })
    holder.append(frame)
  })
}

class HubBackend implements Backend {
  readonly kind: Reach
  onchange: (text: string | null) => void = () => {}
  readonly #port: MessagePort
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #lastId = 0

  constructor(kind: Reach, port: MessagePort) {
    this.kind = kind
    this.#port = port
    port.onmessage = ({ data }: MessageEvent<Reply>) => {
      const { id, changed } = data
      if (changed !== undefined) this.onchange(changed)
      if (id === undefined) return
      this.#waiting.get(id)?.(data)
      this.#waiting.delete(id)
    }
  }

  async ask(request: Request): Promise<Contents> {
    const id = ++this.#lastId
    this.#port.postMessage({ id, request })
    const { contents, error } = await new Promise<Reply>((resolve) => this.#waiting.set(id, resolve))
    if (!contents) throw Object.assign(new Error(error), { name: error })
    return contents
  }
}
