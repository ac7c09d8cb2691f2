// A real server on a database of its own, behind a wire that can be cut.
//
// The rule this module protects: *the app meets the real binary*, on either database, and what goes wrong on the way goes
// wrong on the wire: the page's own network is never touched.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { Wire } from './wire.mjs'

const ROOT = resolve(import.meta.dirname, '../../..')
const BINARY = process.env.LUMBUNG_BINARY ?? join(ROOT, 'target/debug/lumbung')
export const APP = process.env.LUMBUNG_APP_FOLDER ?? join(ROOT, 'target/app')
const POSTGRES = process.env.LUMBUNG_TEST_POSTGRES
const PASSWORD = 'sandi-uji-coba-7'
/** A real village in a real district; its people are invented. */
export const VILLAGE = '35.07.16.2013'
/** No rate to speak of: a test asks more often than a phone. */
const NO_RATE = ['--request-burst=100000', '--requests-per-minute=60000', '--attempt-burst=50']

export class Server {
  /** `kind`: `sqlite` or `postgres`. `app`: the folder of the app, which another `start` may change. */
  static async fresh(kind, options = [], app = APP) {
    const server = new Server()
    server.app = app
    server.folder = mkdtempSync(join(tmpdir(), 'lumbung-'))
    server.options = [...NO_RATE, ...options]
    server.database = kind === 'postgres' ? await server.makePostgres() : `sqlite://${server.folder}/lumbung.sqlite`
    const init = server.command('admin', 'init', '--district', '35.07')
    if (init.status !== 0) throw new Error(`init: ${init.stderr}`)
    try {
      await server.start()
      server.wire = await Wire.to(() => server.port)
      await server.api('POST', '/v1/password', { login: 'admin', code: init.stdout.trim().split('\n').pop(), password: PASSWORD })
      await server.login()
    } catch (why) {
      // What stays behind keeps the test from ending.
      await server.end()
      throw why
    }
    return server
  }

  async makePostgres() {
    if (!POSTGRES) throw new Error('LUMBUNG_TEST_POSTGRES is not set: run `cargo xtask test`, which starts a PostgreSQL')
    this.name = `lumbung_browser_${process.pid}_${Math.floor(performance.now() * 1000)}`
    await execute(`CREATE DATABASE ${this.name}`)
    return POSTGRES.replace(/\/[^/]*$/, `/${this.name}`)
  }

  /** Where phones find it: the same for its whole life. */
  get origin() {
    return `http://localhost:${this.wire.port}`
  }

  environment() {
    return { ...process.env, LUMBUNG_DATABASE: this.database, LUMBUNG_SECRETS: join(this.folder, 'lumbung.secrets') }
  }

  command(...words) {
    return spawnSync(BINARY, words, { env: this.environment(), encoding: 'utf8' })
  }

  async start() {
    const words = ['serve', '--listen=127.0.0.1:0', `--app=${this.app}`, ...this.options]
    this.process = spawn(BINARY, words, { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    this.port = await new Promise((done, failed) => {
      const read = (text) => {
        said += text
        // The URL of a PostgreSQL has a port too.
        const found = /address"?[=:]"?127\.0\.0\.1:(\d+)/.exec(said)
        if (found) done(Number(found[1]))
      }
      this.process.stdout.on('data', read)
      this.process.stderr.on('data', read)
      this.process.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)))
    })
  }

  /** As a power cut would. */
  async kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = new Promise((done) => this.process.once('exit', done))
    this.process.kill('SIGKILL')
    await gone
  }

  async login() {
    const session = await this.api('POST', '/v1/login', { login: 'admin', password: PASSWORD })
    this.token = session.token
  }

  /** Asks past the wire. `body`: bytes of a batch, or what becomes JSON. */
  async ask(method, path, body, headers = {}) {
    const isBatch = body instanceof Uint8Array
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: { 'content-type': isBatch ? 'application/vnd.lumbung.batch' : 'application/json', ...headers },
      body: isBatch ? body : JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }

  /** As the admin, who has a token once logged in. */
  api(method, path, body) {
    return this.ask(method, path, body, this.token ? { authorization: `Bearer ${this.token}` } : {})
  }

  async addPerson(login, role = 'kader', areas = [VILLAGE], label = login) {
    return (await this.api('POST', '/v1/people', { login, label, role, areas })).id
  }

  async invite(person) {
    return (await this.api('POST', `/v1/people/${person}/invite`, {})).code
  }

  async pinCode(person) {
    return (await this.api('POST', `/v1/people/${person}/pin`, {})).code
  }

  /** Rows of a table of the merged data, with names opened. */
  async rows(kind) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/v1/export/${kind}.ndjson?purpose=test`, {
      headers: { authorization: `Bearer ${this.token}` },
    })
    if (!answer.ok) throw new Error(`export: ${answer.status} ${await answer.text()}`)
    return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line))
  }

  async end() {
    await this.kill().catch(() => {})
    await this.wire?.end()
    if (this.name) await execute(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function execute(statement) {
  const client = new pg.Client(POSTGRES)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
