/** Metrics count requests while the server runs, and say them in the text that Prometheus reads. */
import { Outcome } from '../core/finding.ts'
import type { Sight } from '../operations/alarm.ts'
import type { Meters } from '../operations/session.ts'

export interface Metrics {
  count(request: { route: string; status: number; seconds: number }): void
  /** A stream of listings begins; what comes back is told of every block, and of the end. */
  screening(): ScreeningMetrics
  /** The whole page; `vitals` is null when the database cannot be reached. */
  print(vitals: Meters | null, sight: Sight & { now: Date }): string
}

export interface ScreeningMetrics {
  count(block: { outcomes: Record<Outcome, number>; unread: number; bytes: number }): void
  end(): void
}

/** Starts counting. */
export function createMetrics(startedAt: Date): Metrics {
  const requests = new Map<string, { count: number; seconds: number }>()
  const screened = {
    outcomes: { allow: 0, review: 0, deactivate: 0 } satisfies Record<Outcome, number>,
    unread: 0,
    bytes: 0,
    streams: 0,
    seconds: 0,
  }
  return {
    screening() {
      screened.streams++
      let since = performance.now()
      // A stream may take hours, and its time is not to come all at once.
      const passTime = () => {
        const now = performance.now()
        screened.seconds += (now - since) / 1000
        since = now
      }
      return {
        count({ outcomes, unread, bytes }) {
          for (const outcome of Outcome.options) screened.outcomes[outcome] += outcomes[outcome]
          screened.unread += unread
          screened.bytes += bytes
          passTime()
        },
        end() {
          screened.streams--
          passTime()
        },
      }
    },
    count({ route, status, seconds }) {
      const labels = `route="${route.replaceAll(/["\\\n]/g, '')}",status="${status}"`
      const held = requests.get(labels) ?? { count: 0, seconds: 0 }
      requests.set(labels, { count: held.count + 1, seconds: held.seconds + seconds })
    },
    print(vitals, { overdue, secondsAgo, now }) {
      const lines = [
        ...metric(
          'process_start_time_seconds',
          'gauge',
          'When this process started.',
          startedAt.getTime() / 1000,
        ),
        ...metric(
          'process_resident_memory_bytes',
          'gauge',
          'Memory of this process.',
          process.memoryUsage.rss(),
        ),
        ...metric(
          'process_cpu_seconds_total',
          'counter',
          'Processor time of this process.',
          process.cpuUsage().user / 1e6,
        ),
        ...metric('recourse_database_up', 'gauge', 'Whether the database answers.', vitals ? 1 : 0),
        ...metric(
          'recourse_clocks_overdue',
          'gauge',
          'Clocks that were due half a minute ago and had not fired at the watchdog’s last look.',
          overdue.clocks,
        ),
        ...metric(
          'recourse_clock_lateness_seconds',
          'gauge',
          'How long the longest due of them has been due.',
          overdue.since === null ? 0 : (now.getTime() - overdue.since.getTime()) / 1000,
        ),
        ...metric(
          'recourse_watchdog_last_look_seconds',
          'gauge',
          'How long ago the watchdog of this server looked; it looks every five seconds.',
          secondsAgo,
        ),
      ]
      lines.push(
        '# HELP recourse_screening_listings_total Listings screened in streams, by outcome.',
        '# TYPE recourse_screening_listings_total counter',
        ...Outcome.options.map(
          (outcome) =>
            `recourse_screening_listings_total{outcome="${outcome}"} ${screened.outcomes[outcome]}`,
        ),
        ...metric(
          'recourse_screening_unread_lines_total',
          'counter',
          'Lines of those streams that could not be read.',
          screened.unread,
        ),
        ...metric(
          'recourse_screening_bytes_total',
          'counter',
          'Bytes of those streams, unpacked.',
          screened.bytes,
        ),
        ...metric(
          'recourse_screening_seconds_total',
          'counter',
          'How long those streams were open, added up.',
          screened.seconds,
        ),
        ...metric(
          'recourse_screening_streams',
          'gauge',
          'Streams of listings that are open now.',
          screened.streams,
        ),
      )
      if (vitals) {
        lines.push(
          ...metric('recourse_cases_open', 'gauge', 'Cases at the desks.', vitals.openCases),
          ...metric(
            'recourse_cases_overdue',
            'gauge',
            'Cases whose every clock ran out.',
            vitals.overdueCases,
          ),
          ...metric(
            'recourse_undelivered',
            'gauge',
            'Notices and states that are due and not out.',
            vitals.undelivered,
          ),
          ...metric(
            'recourse_undelivered_oldest_seconds',
            'gauge',
            'How long the oldest of them has been due.',
            vitals.oldestUndeliveredSeconds,
          ),
          ...metric(
            'recourse_listings_unscreened',
            'gauge',
            'Listing versions that wait for screening.',
            vitals.unscreened,
          ),
          '# HELP recourse_listings_screened_total Listing versions screened, first or anew, by what came of it.',
          '# TYPE recourse_listings_screened_total counter',
          ...Object.entries(vitals.screened).map(
            ([outcome, count]) => `recourse_listings_screened_total{outcome="${outcome}"} ${count}`,
          ),
          ...metric(
            'recourse_not_yet_back',
            'gauge',
            'Subjects that the shop does not yet show as owed.',
            vitals.notYetBack,
          ),
        )
      }
      lines.push(
        '# HELP http_request_duration_seconds Requests by route and status.',
        '# TYPE http_request_duration_seconds summary',
      )
      for (const [labels, { count, seconds }] of requests) {
        lines.push(
          `http_request_duration_seconds_count{${labels}} ${count}`,
          `http_request_duration_seconds_sum{${labels}} ${seconds.toFixed(6)}`,
        )
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function metric(name: string, type: 'gauge' | 'counter', help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, `${name} ${value}`]
}
