/** A small authenticator for tests: it makes and shows passkeys as a telephone does, and errs when a test asks it to. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** Opens one for a page at this origin. */
export function authenticator(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  let count = 0

  const clientData = (type: string, challenge: string, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const head = (rpId: string, flags: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++count)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter])
  }

  return {
    id: base64url(id),
    /** Answers `navigator.credentials.create`. */
    create(options: Record<string, unknown>, { from = origin } = {}) {
      const { challenge, rp } = options as { challenge: string; rp: { id: string } }
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      // Present, verified, and with a credential.
      const authData = Buffer.concat([head(rp.id, 0x45), Buffer.alloc(16), length, id, cose])
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([authData.length]),
        authData,
      ])
      return {
        id: base64url(id),
        rawId: base64url(id),
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, from)),
          attestationObject: base64url(attestationObject),
          transports: ['internal'],
        },
      }
    },
    /** Answers `navigator.credentials.get`. */
    get(
      options: Record<string, unknown>,
      { from = origin, isVerified = true }: { from?: string; isVerified?: boolean } = {},
    ) {
      const { challenge, rpId } = options as { challenge: string; rpId: string }
      const data = clientData('webauthn.get', challenge, from)
      const authData = head(rpId, isVerified ? 0x05 : 0x01)
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)
      return {
        id: base64url(id),
        rawId: base64url(id),
        response: {
          clientDataJSON: base64url(data),
          authenticatorData: base64url(authData),
          signature: base64url(signature),
          userHandle: null,
        },
      }
    },
  }
}
