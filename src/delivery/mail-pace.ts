/** The pace of mail: calm senders never notice it; a flood is asked to come again later, and holds up nobody else. */

export interface MailPace {
  /** A connection opens; false where this address has too many already. */
  enter(ip: string): boolean
  leave(ip: string): void
  /** One more message; false when its sender has sent enough for this minute. */
  take(mail: { ip: string; sender: string; at: Date }): boolean
}

const aMinute = 60_000

/** Per minute: what one address sends, what one domain does, and what one machine may bring for all of its people. */
const most = { sender: 20, domain: 120, ip: 300 } as const
const mostConnections = 20
/** Strangers' names fill memory otherwise; the oldest are forgotten first. */
const mostKeys = 20_000

/** Starts counting. The real time counts: a demo's clock that was moved forgives nobody. */
export function createMailPace(): MailPace {
  const connections = new Map<string, number>()
  const buckets = new Map<string, { left: number; at: number }>()

  function leftOf(key: string, limit: number, at: number): number {
    const held = buckets.get(key) ?? { left: limit, at }
    return Math.min(limit, held.left + (Math.max(0, at - held.at) * limit) / aMinute)
  }

  return {
    enter(ip) {
      const open = (connections.get(ip) ?? 0) + 1
      connections.set(ip, open)
      return open <= mostConnections
    },
    leave(ip) {
      const open = (connections.get(ip) ?? 1) - 1
      if (open <= 0) connections.delete(ip)
      else connections.set(ip, open)
    },
    take({ ip, sender, at }) {
      const now = at.getTime()
      const domain = sender.slice(sender.lastIndexOf('@') + 1).toLowerCase()
      // Who names nobody, as bounces do, counts by the machine alone.
      const counted = [
        ...(sender === ''
          ? []
          : ([
              [`sender ${ip} ${sender.toLowerCase()}`, most.sender],
              [`domain ${ip} ${domain}`, most.domain],
            ] as const)),
        [`ip ${ip}`, most.ip] as const,
      ].map(([key, limit]) => ({ key, left: leftOf(key, limit, now) }))
      if (counted.some(({ left }) => left < 1)) return false
      for (const { key, left } of counted) {
        buckets.delete(key)
        buckets.set(key, { left: left - 1, at: now })
      }
      while (buckets.size > mostKeys) {
        const [oldest] = buckets.keys()
        if (oldest === undefined) break
        buckets.delete(oldest)
      }
      return true
    },
  }
}
