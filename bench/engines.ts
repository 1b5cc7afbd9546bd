/** Every engine of the bench by name. A door that answers listings (HTTP, a queue) is one more line here, and a contest. */
import type { OpenEngine } from './engine.ts'
import { openFloor } from './floors.ts'
import { openOurs, openPlain } from './ours.ts'
import * as peers from './peers.ts'

export const engines: Readonly<Record<string, OpenEngine>> = {
  plain: openPlain,
  pool: openOurs,
  parse: openFloor('parse'),
  'parse-split': openFloor('parse-split'),
  scan: openFloor('scan'),
  'json-rules-engine': peers.openPeer(peers.jsonRulesEngine),
  'json-rules-engine-union': peers.openPeer(peers.jsonRulesEngineUnion),
  'zen-engine': peers.openPeer(peers.zenEngine),
  regexp: peers.openPeer(peers.unionRegExp),
  re2js: peers.openPeer(peers.re2js),
  ahocorasick: peers.openPeer(peers.ahocorasick),
  fastscan: peers.openPeer(peers.fastscan),
  monyone: peers.openPeer(peers.monyone),
  'modern-ahocorasick': peers.openPeer(peers.modernAhocorasick),
}
