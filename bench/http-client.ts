/** The client of `http.ts`: sends a file as often as it is told, reads the answers beside, and spends little on either. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { request } from 'node:http'

export interface ClientOrder {
  times: number
}

export interface ClientReply {
  seconds: number
  /** Of the answers, where the file was sent once. */
  sha256: string | null
}

const CHUNK = 1024 * 1024
const [file = '', port = '', key = ''] = process.argv.slice(2)
const bytes = readFileSync(file)

process.on('message', ({ times }: ClientOrder) => {
  const before = performance.now()
  const work = times === 1 ? hashAnswers() : countAnswers(times)
  work.then(
    (sha256) => process.send?.({ seconds: (performance.now() - before) / 1000, sha256 }),
    (cause: unknown) => {
      console.error(cause)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ seconds: 0, sha256: null })

const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }

function hashAnswers(): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path: '/v1/screenings', method: 'POST', headers }, (answer) => {
      const hash = createHash('sha256')
      answer.on('data', (part: Buffer) => hash.update(part))
      answer.on('end', () => resolve(hash.digest('hex')))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(bytes)
  })
}

/** By hand over a socket, so that what the client costs is not taken for what the server costs. */
function countAnswers(times: number): Promise<null> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.alloc(CHUNK)
    let [status, isWhole] = ['', false]
    const onread = {
      buffer,
      callback: (size: number, read: Uint8Array) => {
        if (status === '') status = Buffer.from(read.subarray(0, 12)).toString('latin1')
        // The answer is in chunks; the last one is empty.
        isWhole =
          Buffer.from(read.subarray(Math.max(0, size - 5), size)).toString('latin1') === '0\r\n\r\n'
        return true
      },
    }
    const socket = connect({ port: Number(port), host: '127.0.0.1', onread }, () => void send())
    socket.on('error', reject)
    socket.on('close', () => {
      if (status === 'HTTP/1.1 200' && isWhole) resolve(null)
      else reject(new Error(`the stream ended early: ${status}`))
    })

    async function send(): Promise<void> {
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(
        `POST /v1/screenings HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n${head.join('')}content-length: ${bytes.length * times}\r\n\r\n`,
      )
      for (let time = 0; time < times; time++)
        for (let at = 0; at < bytes.length; at += CHUNK)
          if (!socket.write(bytes.subarray(at, at + CHUNK)))
            await new Promise((drained) => socket.once('drain', drained))
    }
  })
}
