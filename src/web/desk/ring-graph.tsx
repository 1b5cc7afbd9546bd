/** The picture of a ring. Every node can be chosen, by pointer or keys, and lights its complaints in the timeline. */
import type { KeyboardEvent, ReactNode } from 'react'
import type { RingForDesk } from '../../contract/ring.ts'
import { useClock } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import { columns, layRing, mostOutsideDrawn, mostTargetsDrawn, type Layout } from './ring-layout.ts'
import { graphWords, heldComplaints, sharedWords } from './ring-words.ts'
import styles from './ring.module.css'

/** What is chosen: the reporters whose complaints are lit, and the name of the node. */
export interface Chosen {
  id: string
  words: string
  reporters: readonly string[]
}

interface RingGraphProps {
  ring: RingForDesk
  chosen: Chosen | null
  onChoose: (chosen: Chosen | null) => void
}

/** Drawn as wide as its place, but never so small that it could not be read: it scrolls then. */
export function RingGraph({ ring, chosen, onChoose }: RingGraphProps) {
  const layout = layRing(ring)
  const node = (one: Chosen) => ({
    chosen: one,
    isChosen: chosen?.id === one.id,
    isDim: chosen !== null && !one.reporters.some((id) => chosen.reporters.includes(id)),
    onChoose,
  })
  const labels = new Map(
    [...ring.members, ...ring.outside].map(({ reporterId, label }) => [reporterId, label]),
  )
  return (
    <div className={styles.graph} role="region" aria-label="Picture of the ring" tabIndex={0}>
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="group"
        aria-label={graphWords(ring)}
      >
        <Edges ring={ring} layout={layout} chosen={chosen} />
        <text x={columns.reporters - 24} y={20} textAnchor="end" className={styles.small}>
          joined
        </text>
        {layout.reporters.map((reporter) => (
          <Node
            key={reporter.id}
            {...node({
              id: `reporter ${reporter.id}`,
              words:
                reporter.reporters.length > 1
                  ? `${reporter.reporters.length} reporters who share ${reporter.id}`
                  : (labels.get(reporter.id) ?? reporter.label),
              reporters: reporter.reporters,
            })}
            state={reporter.isOutside ? 'outside' : reporter.isPruned ? 'pruned' : undefined}
          >
            <circle cx={reporter.x} cy={reporter.y} r={15} />
            <text x={reporter.x} y={reporter.y + 4} textAnchor="middle">
              {reporter.label}
            </text>
          </Node>
        ))}
        {layout.things.map((thing) => {
          const shared = ring.shared.find(({ label }) => label === thing.label)
          return (
            <Node
              key={thing.label}
              {...node({
                id: `thing ${thing.label}`,
                words: `${thing.label}, ${shared ? sharedWords(shared) : ''}`,
                reporters: thing.reporters,
              })}
              state="thing"
            >
              <rect x={thing.x - 13} y={thing.y - 13} width={26} height={26} rx={3} />
              <text x={thing.x} y={thing.y + 4} textAnchor="middle">
                {thing.label}
              </text>
            </Node>
          )
        })}
        {layout.rival !== null && ring.rival !== null && (
          <Node
            {...node({
              id: 'rival',
              words: `${shortName(ring.rival.name)}, a rival seller`,
              reporters: ring.shared
                .filter(({ isRivals }) => isRivals)
                .flatMap(({ reporters }) => reporters),
            })}
            state="rival"
          >
            <Box at={layout.rival} name={ring.rival.name} />
          </Node>
        )}
        {layout.targets.map((target) => {
          const { name = '' } = ring.targets.find(({ id }) => id === target.id) ?? {}
          const about = ring.complaints.filter(({ sellerId }) => sellerId === target.id)
          return (
            <Node
              key={target.id}
              {...node({
                id: `target ${target.id}`,
                words: `${shortName(name)}, ${count(about.length, 'complaint')}`,
                reporters: about.map(({ reporterId }) => reporterId),
              })}
              state="target"
            >
              <Box at={target} name={name} />
            </Node>
          )
        })}
        <SmallWords ring={ring} layout={layout} />
      </svg>
      {(ring.outside.length > mostOutsideDrawn || ring.targets.length > mostTargetsDrawn) && (
        <p className="third" style={{ padding: '0 16px 12px' }}>
          {ring.outside.length > mostOutsideDrawn &&
            `${ring.outside.length - mostOutsideDrawn} more stand outside. `}
          {ring.targets.length > mostTargetsDrawn &&
            `${ring.targets.length - mostTargetsDrawn} more sellers are complained about.`}
        </p>
      )}
    </div>
  )
}

/** What stands beside nodes; who hears the page has it in their names and in the table. */
function SmallWords({ ring, layout }: { ring: RingForDesk; layout: Layout }) {
  const held = heldComplaints(ring)
  const without = held.filter(({ order }) => order === null).length
  return (
    <g aria-hidden="true" className={styles.small}>
      <text x={layout.width - 20} y={20} textAnchor="end">
        {`${count(held.length, 'complaint')} (${without} without an order)`}
      </text>
      {layout.reporters.map(
        ({ id, joinedAt, x, y }) =>
          joinedAt !== null && (
            <text key={id} x={x - 24} y={y + 4} textAnchor="end">
              <Day at={joinedAt} />
            </text>
          ),
      )}
      {layout.things.map(({ label, x, y }) => {
        const shared = ring.shared.find((one) => one.label === label)
        return (
          <text key={label} x={x - 13} y={y + 30}>
            {shared && sharedWords(shared)}
          </text>
        )
      })}
      {layout.rival !== null && (
        <text x={layout.rival.x} y={layout.rival.y + 15} textAnchor="middle">
          a rival seller
        </text>
      )}
      {layout.targets.map(({ id, x, y }) => {
        const isUnder = ring.targets.some((one) => one.id === id && one.standing !== null)
        const about = ring.complaints.filter(({ sellerId }) => sellerId === id)
        return (
          <text key={id} x={x} y={y + 15} textAnchor="middle">
            {isUnder ? 'a measure is in force' : count(about.length, 'complaint')}
          </text>
        )
      })}
    </g>
  )
}

/** As much of a name as its box holds; the whole stands in the title of the page. */
function shortName(name: string): string {
  return name.length > 22 ? `${name.slice(0, 21)}…` : name
}

/** Red only for the link that matters: what the rival uses, too. Green for who stands outside. */
function Edges({
  ring,
  layout,
  chosen,
}: {
  ring: RingForDesk
  layout: Layout
  chosen: Chosen | null
}) {
  const { reporters, things, rival, targets, uses } = layout
  const isLit = (ids: readonly string[]) =>
    chosen === null || ids.some((id) => chosen.reporters.includes(id))
  const [target] = targets
  const free = reporters.filter(
    (node, at) => !node.isOutside && !uses.some(({ reporter }) => reporter === at),
  )
  return (
    <g aria-hidden="true">
      {uses.map(({ reporter, thing }) => {
        const [from, to] = [reporters[reporter], things[thing]]
        if (!from || !to) return null
        return (
          <line
            key={`${from.id} ${to.label}`}
            className={styles.use}
            data-dim={!isLit(from.reporters) || undefined}
            x1={from.x + 15}
            y1={from.y}
            x2={to.x - 13}
            y2={to.y}
          />
        )
      })}
      {rival !== null &&
        things
          .filter(({ isRivals }) => isRivals)
          .map((thing) => (
            <path
              key={thing.label}
              className={styles.red}
              data-dim={!isLit(thing.reporters) || undefined}
              d={curve({ x: thing.x + 14, y: thing.y }, { x: rival.x - 86, y: rival.y })}
            />
          ))}
      {rival !== null && target !== undefined && ring.rival?.sellsAlike === true && (
        <>
          <path
            className={styles.alike}
            d={curve({ x: rival.x + 86, y: rival.y }, { x: target.x - 86, y: target.y })}
          />
          <text x={rival.x + 96} y={rival.y - 10} className={styles.small}>
            same goods
          </text>
        </>
      )}
      {target !== undefined &&
        free.map((node) => (
          <path
            key={node.id}
            className={styles.thin}
            data-dim={!isLit(node.reporters) || undefined}
            d={curve({ x: node.x + 15, y: node.y }, { x: target.x - 86, y: target.y })}
          />
        ))}
      {target !== undefined && things.length > 0 && (
        <path
          className={styles.thin}
          d={`M ${columns.reporters + 12} ${(reporters[0]?.y ?? 0) - 10} C ${columns.things} 8, ${target.x} 8, ${target.x} ${target.y - 30}`}
        />
      )}
      {target !== undefined &&
        reporters
          .filter(({ isOutside }) => isOutside)
          .map((node) => (
            <path
              key={node.id}
              className={styles.green}
              data-dim={!isLit(node.reporters) || undefined}
              d={`M ${node.x + 15} ${node.y} C ${columns.rival} ${node.y}, ${target.x} ${node.y}, ${target.x} ${target.y + 30}`}
            />
          ))}
    </g>
  )
}

function curve(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = (from.x + to.x) / 2
  return `M ${from.x} ${from.y} C ${middle} ${from.y}, ${middle} ${to.y}, ${to.x} ${to.y}`
}

function Box({ at, name }: { at: { x: number; y: number }; name: string }) {
  return (
    <>
      <rect x={at.x - 86} y={at.y - 29} width={172} height={58} rx={7} />
      <text x={at.x} y={at.y - 4} textAnchor="middle" className={styles.name}>
        {shortName(name)}
      </text>
    </>
  )
}

interface NodeProps {
  chosen: Chosen
  isChosen: boolean
  isDim: boolean
  onChoose: (chosen: Chosen | null) => void
  state?: 'outside' | 'pruned' | 'thing' | 'rival' | 'target' | undefined
  children: ReactNode
}

function Node({ chosen, isChosen, isDim, onChoose, state, children }: NodeProps) {
  const toggle = () => onChoose(isChosen ? null : chosen)
  return (
    <g
      className={styles.node}
      data-state={state}
      data-chosen={isChosen || undefined}
      data-dim={isDim || undefined}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={chosen.words}
      onClick={toggle}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') onChoose(null)
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        toggle()
      }}
    >
      {children}
    </g>
  )
}

/** "2 Nov", with the year where it is another one. */
function Day({ at }: { at: string }) {
  const { now, zone } = useClock()
  const date = new Date(at)
  const isThisYear = date.getUTCFullYear() === now.getUTCFullYear()
  return date.toLocaleDateString('en-GB', {
    timeZone: zone,
    ...(isThisYear ? { day: 'numeric', month: 'short' } : { year: 'numeric' }),
  })
}
