// The site as the web servers of Debian serve it, told to by the files that come with it. They run
// in the foreground with folders of their own, on free loopback ports, and end with the test.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { env, getuid } from 'node:process'
import { setTimeout } from 'node:timers/promises'

/** What a server serves: the folder of the site, and the path to it on the server. */
export interface Served {
  dir: string
  /** "/" or "/handbook/". */
  path?: string
  /** A port for https, to which Caddy then leads from the other, with a certificate of its own authority. */
  securePort?: number
  /** nginx notes its answers, for `answers`. */
  notes?: boolean
}

export interface Server extends AsyncDisposable {
  /** The address of the site's root; ends in a slash. */
  root: string
  /** The folder that is the server's own, and that of the site in it. */
  folder: string
  documents: string
}

/** A server is started with its own folder, the folder of documents, and a free port. */
type Start = (
  own: string,
  documents: string,
  port: number,
  served: Served & { path: string },
) => Promise<{ command: string[]; env?: NodeJS.ProcessEnv }>

const isRoot = getuid?.() === 0

const modules = '/usr/lib/nginx/modules'
const nginx: Start = async (own, documents, port, { dir, notes }) => {
  // As the file says to those who have the module.
  const site = (await readFile(join(dir, 'download/server/nginx.conf'), 'utf8')).replace(/^( *)#brotli/gm, '$1brotli')
  await writeFile(join(own, 'site.conf'), site)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${own}/${kind};`,
  )
  await writeFile(
    join(own, 'nginx.conf'),
    `${isRoot ? 'user root;' : ''} worker_processes 1; pid ${own}/pid; error_log stderr warn;
    load_module ${modules}/ngx_http_brotli_filter_module.so;
    load_module ${modules}/ngx_http_brotli_static_module.so;
    events {}
    http { log_format answer '{"path": "$request_uri", "status": $status, "sent": $bytes_sent, "body": $body_bytes_sent, "from": "$http_referer"}';
      access_log ${notes ? `${own}/answers answer` : 'off'}; ${temporary.join(' ')}
      server { listen 127.0.0.1:${port}; root ${documents}; include ${own}/site.conf; } }`,
  )
  return { command: ['nginx', '-e', 'stderr', '-p', own, '-c', `${own}/nginx.conf`, '-g', 'daemon off;'] }
}

const caddy: Start = async (own, documents, port, { dir, securePort }) => {
  await writeFile(
    join(own, 'Caddyfile'),
    `{
      admin off
      skip_install_trust
    }
    ${
      securePort
        ? `http://localhost:${port} {
            redir https://localhost:${securePort}{uri} permanent
          }
          https://localhost:${securePort} {
            tls internal`
        : `http://127.0.0.1:${port} {`
    }
      root * ${documents}
      import ${resolve(dir)}/download/server/Caddyfile
    }\n`,
  )
  // What it keeps, such as the keys of its own authority, lies there and goes with the folder.
  return {
    command: ['caddy', 'run', '--config', `${own}/Caddyfile`],
    env: { HOME: own, XDG_DATA_HOME: own, XDG_CONFIG_HOME: own },
  }
}

const apache: Start = async (own, documents, port, { dir, path }) => {
  await cp(join(dir, 'download/server/apache.htaccess'), join(documents, path, '.htaccess'))
  const modules = [
    'mpm_event',
    'authz_core',
    'dir',
    'autoindex',
    'mime',
    'headers',
    'alias',
    'filter',
    'deflate',
    'brotli',
  ]
  await writeFile(
    join(own, 'apache.conf'),
    `ServerName localhost
    ServerRoot ${own}
    PidFile ${own}/pid
    Listen 127.0.0.1:${port}
    ErrorLog ${own}/errors
    LogLevel warn
    ${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
    ${isRoot ? 'User nobody\nGroup nogroup' : ''}
    TypesConfig /dev/null
    DocumentRoot ${documents}
    <Directory ${documents}>
      AllowOverride All
      Options Indexes
    </Directory>\n`,
  )
  return { command: ['apache2', '-f', `${own}/apache.conf`, '-D', 'FOREGROUND'] }
}

const starts = { nginx, caddy, apache }
export type Name = keyof typeof starts
export const names = Object.keys(starts) as Name[]

export interface Noted {
  path: string
  status: number
  /** Bytes with the headers, and without. */
  sent: number
  body: number
  /** The address of what asked. */
  from: string
}

/** What nginx answered. */
export async function answers(server: Server): Promise<Noted[]> {
  const lines = await readFile(join(server.folder, 'answers'), 'utf8')
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

/** A port of the loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts a web server. One that is not installed, or that finds a fault in its files, throws. */
export async function start(name: Name, served: Served): Promise<Server> {
  const { path = '/' } = served
  const own = await mkdtemp(join(tmpdir(), `${name}-`))
  const documents = join(own, 'documents')
  await cp(served.dir, join(documents, path), { recursive: true })
  await chmod(own, 0o755) // Apache reads as nobody

  const port = await freePort()
  const { command, env: ownEnv } = await starts[name](own, documents, port, { ...served, path })
  const [program = '', ...args] = command
  // Not everybody's PATH has the folder of servers.
  const child = spawn(program, args, {
    env: { ...env, PATH: `${env.PATH}:/usr/sbin`, ...ownEnv },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killed = () => child.kill()
  process.on('exit', killed)
  const stop = async () => {
    process.off('exit', killed)
    if (child.exitCode === null && child.signalCode === null && child.kill()) await once(child, 'exit')
    await rm(own, { recursive: true, force: true })
  }
  try {
    await listens(child, name, own, port)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    root: `http://127.0.0.1:${port}${path}`,
    folder: own,
    documents: join(documents, path),
    [Symbol.asyncDispose]: stop,
  }
}

/** Waits until a server answers at its port. */
async function listens(child: ChildProcess, name: string, own: string, port: number): Promise<void> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said = (said + text).slice(-2000)))
  let fault: Error | undefined
  child.on('error', (error) => (fault = error)) // make setup installs it
  child.on('exit', (code) => (fault ??= new Error(`${name} ended with ${code}`)))
  for (const start = Date.now(); !fault; await setTimeout(20)) {
    if (
      await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
        () => true,
        () => false,
      )
    )
      return
    if (Date.now() - start > 60_000) fault = new Error(`${name} does not answer`)
  }
  const logged = await readFile(join(own, 'errors'), 'utf8').catch(() => '')
  throw new Error(`${said}${logged}`, { cause: fault })
}
