/** A seal keeps something of ours from everybody's eyes and hands while it is elsewhere: in a browser, or in a database's backup. */
import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** What is sealed for one purpose opens for no other. */
export type SealPurpose = 'authenticator' | 'authenticator setup' | 'single sign-on'

/** Seals a value (AES-256-GCM, with a key of its own made of the installation's secret). */
export async function seal(secret: string, purpose: SealPurpose, value: unknown): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(secret, purpose))
}

/** Opens it; null when it is not ours, for another purpose, or was changed. */
export async function unseal(
  secret: string,
  purpose: SealPurpose,
  sealed: string,
): Promise<unknown> {
  try {
    const { plaintext } = await compactDecrypt(sealed, keyOf(secret, purpose), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return JSON.parse(new TextDecoder().decode(plaintext)) as unknown // whatever was sealed; who opens it parses it
  } catch {
    // jose says by throwing that it is not what we sealed; why is nobody's business.
    return null
  }
}

function keyOf(secret: string, purpose: SealPurpose): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `recourse seal 1: ${purpose}`, 32))
}
