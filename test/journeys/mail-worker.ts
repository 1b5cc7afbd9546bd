/** A mail door in a process of its own, to be killed: says its port, and takes mail until then. */
import { randomBytes } from 'node:crypto'
import { openSmtpDoor } from '../../src/delivery/smtp-door.ts'
import { byTheTable } from '../../src/operations/judge.ts'
import { openDatabase } from '../../src/store/db.ts'
import { setting } from '../mail-door.ts'

const { db } = openDatabase(process.env['MAIL_DATABASE'] ?? '', { connections: 4 })
const door = await openSmtpDoor(
  {
    db,
    now: () => new Date(),
    judge: byTheTable,
    newId: (prefix) => `${prefix}_${randomBytes(16).toString('hex')}`,
    undoFor: 0,
    marketplace: 'The Bazaar',
    timeZone: 'UTC',
    help: null,
    health: null,
    log: () => undefined,
  },
  {
    host: '127.0.0.1',
    port: 0,
    setting,
    tls: null,
    onKept: () => undefined,
    pace: { enter: () => true, leave: () => undefined, take: () => true },
  },
)
console.log(`port ${door.port}`)
