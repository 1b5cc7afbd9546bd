/** Outside is where addresses lead that people gave us: looked up by ourselves, checked as we connect, and never followed elsewhere. */
import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { hostOf, isWithin, portOf, readTarget, type Reach } from '../operations/reach.ts'

/** Finds the addresses of a name. */
export type Resolve = (host: string) => Promise<string[]>

export interface OutsideOptions {
  reach: Reach
  /** The system's own unless a test says otherwise. */
  resolve?: Resolve
  /** How long one request may take, from looking up the name to the last byte that we read. */
  timeoutMs?: number
}

export interface Outside {
  /** Posts a body and answers the status, or throws an `OutsideError` that says what went wrong. */
  post(url: string, request: { headers: Record<string, string>; body: string }): Promise<number>
}

/** Why nothing was sent or nothing came back; safe to be shown. `isForbidden` where we do not go there. */
export class OutsideError extends Error {
  readonly isForbidden: boolean
  constructor(
    message: string,
    { isForbidden = false, cause }: { isForbidden?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.isForbidden = isForbidden
  }
}

/** How much of an answer is read; what it says beyond its status is of no use to us. */
const mostRead = 4 * 1024

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/** Opens the way out. */
export function openOutside({
  reach,
  resolve = systemResolve,
  timeoutMs = 10_000,
}: OutsideOptions): Outside {
  return {
    async post(given, request) {
      const target = readTarget(given, reach)
      if (!target.ok)
        throw new OutsideError(target.detail ?? 'We do not go to this address.', {
          isForbidden: true,
        })
      const url = target.value
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const address = await addressOf(hostOf(url), { reach, resolve, signal })
        return await send(url, { address, reach, signal, ...request })
      } catch (error) {
        if (error instanceof OutsideError) throw error
        if (signal.aborted)
          throw new OutsideError(`There was no answer within ${timeoutMs / 1000} s.`, {
            cause: error,
          })
        throw new OutsideError(`The connection failed: ${codeOf(error)}.`, { cause: error })
      }
    },
  }
}

/** The one address that this request connects to. A name of which any address lies inside leads nowhere: it is looked up anew each time. */
async function addressOf(
  host: string,
  { reach, resolve, signal }: { reach: Reach; resolve: Resolve; signal: AbortSignal },
): Promise<string> {
  const found = isIP(host) === 0 ? await orAborted(resolve(host), signal) : [host]
  const [first] = found
  if (first === undefined) throw new OutsideError('Its name leads to no address.')
  if (!found.every((address) => isWithin(address, reach)))
    throw new OutsideError('Its name leads inside a network and not to the public one.', {
      isForbidden: true,
    })
  return first
}

interface Sending {
  address: string
  reach: Reach
  signal: AbortSignal
  headers: Record<string, string>
  body: string
}

/** Sends to an address that was checked, under the name that was asked for; no name is looked up any more, and no proxy asked. */
function send(url: URL, { address, reach, signal, headers, body }: Sending): Promise<number> {
  const secure = url.protocol === 'https:'
  const name = hostOf(url)
  return new Promise((resolve, reject) => {
    const call = (secure ? https : http).request({
      host: address,
      port: portOf(url),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      // A connection of its own, which knows nothing of proxies that the environment names.
      agent: secure ? new https.Agent({ keepAlive: false }) : new http.Agent({ keepAlive: false }),
      ...(secure && isIP(name) === 0 ? { servername: name } : {}),
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) },
      maxHeaderSize: 8 * 1024,
      signal,
    })
    call.on('error', reject)
    call.on('socket', (socket) => {
      socket.once('connect', () => {
        // Belt and braces: what the kernel says that we are connected to.
        if (!isWithin(socket.remoteAddress ?? '', reach))
          call.destroy(
            new OutsideError('It led inside a network and not to the public one.', {
              isForbidden: true,
            }),
          )
      })
    })
    call.on('response', (answer) => {
      let read = 0
      const end = () => resolve(answer.statusCode ?? 0)
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length
        if (read <= mostRead) return
        end()
        answer.destroy()
      })
      answer.on('end', end)
      answer.on('error', reject)
    })
    call.end(body)
  })
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    work.then(resolve, reject)
  })
}

/** What broke, such as ECONNREFUSED. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for no reason that was told'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
