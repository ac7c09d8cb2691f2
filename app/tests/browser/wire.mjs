// The wire between phone and server.
//
// The rule this module protects: *a test cuts the wire, not the browser*: requests are lost, delayed, answered by a
// stranger or left without their reply exactly as it happens in a village.

import http from 'node:http'

export const isApi = (path) => path.startsWith('/v1/')
/** A fate: nothing that the app asks of the server arrives. */
export const isLost = (path) => (isApi(path) ? 'lose' : null)

export class Wire {
  /** `port`: of the server now; it changes when the server is restarted. */
  static async to(port) {
    const wire = new Wire()
    wire.port_of_server = port
    wire.is_cut = false
    wire.seen = []
    /**
     * By path: what happens to the next requests. `(path, method) => null | {status, headers?, body?} | 'lose_reply' |
     * 'cut_reply' (in its middle) | 'lose' (never arrives) | {delay_ms} | {edit: (json) => json}`
     */
    wire.fate = () => null
    wire.server = http.createServer((request, reply) => wire.carry(request, reply))
    wire.sockets = new Set()
    wire.server.on('connection', (socket) => {
      wire.sockets.add(socket)
      socket.on('close', () => wire.sockets.delete(socket))
      if (wire.is_cut) socket.destroy()
    })
    await new Promise((done) => wire.server.listen(0, '127.0.0.1', done))
    wire.port = wire.server.address().port
    return wire
  }

  /** No signal from now on. */
  cut() {
    this.is_cut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend() {
    this.is_cut = false
  }

  /** Paths of the API asked for since the last call. */
  asked() {
    return this.seen.splice(0)
  }

  carry(request, reply) {
    if (this.is_cut) return request.socket.destroy()
    const path = new URL(request.url, 'http://localhost').pathname
    const fate = this.fate(path, request.method)
    if (fate === 'lose') return request.socket.destroy()
    if (fate?.status) {
      reply.writeHead(fate.status, fate.headers ?? { 'content-type': 'text/html' })
      return reply.end(fate.body ?? '<html>Selamat datang di WiFi</html>')
    }
    const options = { port: this.port_of_server(), host: '127.0.0.1', path: request.url, method: request.method, headers: request.headers }
    const forward = () => {
      const entry = { method: request.method, path, up_bytes: 0, down_bytes: 0, up_head_bytes: headBytes(request), down_head_bytes: 0 }
      if (isApi(path)) this.seen.push(entry)
      const onward = http.request(options, (answer) => {
        entry.down_head_bytes = headBytes(answer)
        answer.on('data', (data) => (entry.down_bytes += data.length))
        if (fate === 'lose_reply') {
          answer.resume()
          return answer.on('end', () => request.socket.destroy())
        }
        const headers = { ...answer.headers, ...fate?.more_headers }
        if (fate?.edit) delete headers['content-length']
        reply.writeHead(answer.statusCode, headers)
        if (fate?.edit) return edit(answer, reply, fate.edit)
        if (fate === 'cut_reply') return this.cutInTheMiddle(answer, reply)
        return answer.pipe(reply)
      })
      onward.on('error', () => request.socket.destroy())
      request.on('data', (data) => (entry.up_bytes += data.length))
      request.pipe(onward)
    }
    return fate?.delay_ms ? setTimeout(forward, fate.delay_ms) : forward()
  }

  /** Needs an answer that tells its length, as those of the server do. */
  cutInTheMiddle(answer, reply) {
    const half = Math.floor(Number(answer.headers['content-length'] ?? 2) / 2)
    let came = 0
    answer.on('data', (data) => {
      reply.write(data.subarray(0, Math.max(0, half - came)), () => came >= half && reply.socket?.destroy())
      came += data.length
    })
    answer.on('end', () => setTimeout(() => reply.socket?.destroy(), 20))
  }

  async end() {
    this.cut()
    await new Promise((done) => this.server.close(done))
  }
}

/** Another word of the same answer. */
function edit(answer, reply, change) {
  const parts = []
  answer.on('data', (part) => parts.push(part))
  answer.on('end', () => reply.end(JSON.stringify(change(JSON.parse(Buffer.concat(parts).toString())))))
}

/** The first line, and each name and value with what stands between them. */
function headBytes({ method, url, statusMessage, rawHeaders }) {
  const first = method ? `${method} ${url} HTTP/1.1` : `HTTP/1.1 200 ${statusMessage}`
  const text = rawHeaders.reduce((sum, part) => sum + Buffer.byteLength(part) + 2, first.length + 2)
  return text + 2
}
