/** What we sent about a matter, and what became of it at each address. */
import type { NoticeForReader } from '../../contract/notice.ts'
import classes from './notice-list.module.css'
import { reachWords, sendingWords } from './notice-words.ts'
import { Past, useClock } from './time.tsx'

/** So many are shown at once; the earlier ones open below. */
const shown = 3

interface NoticeListProps {
  /** The newest first. */
  notices: readonly NoticeForReader[]
  reader: 'seller' | 'desk'
}

/** The newest notices, and the earlier ones behind a word. */
export function NoticeList({ notices, reader }: NoticeListProps) {
  if (notices.length === 0) return null
  const earlier = notices.slice(shown)
  return (
    <>
      <ul className={classes['notices']}>
        {notices.slice(0, shown).map((notice) => (
          <NoticeItem key={notice.id} notice={notice} reader={reader} />
        ))}
      </ul>
      {earlier.length > 0 && (
        <details className={classes['earlier']}>
          <summary>
            {earlier.length === 1 ? 'One earlier notice' : `${earlier.length} earlier notices`}
          </summary>
          <ul className={classes['notices']}>
            {earlier.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} reader={reader} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function NoticeItem({
  notice,
  reader,
}: {
  notice: NoticeForReader
  reader: NoticeListProps['reader']
}) {
  const { now, zone } = useClock()
  const reading = { now, zone, reader }
  const whole = reachWords(notice, reading)
  return (
    <li>
      <p className={classes['subject']}>
        {notice.subject}
        {notice.sendings.length === 0 && (
          <span className={classes['reach']}>
            {' '}
            <Past at={notice.at} />
          </span>
        )}
      </p>
      {whole !== '' && (
        <p className={classes['reach']} data-reach={notice.reach}>
          {whole}
        </p>
      )}
      {notice.sendings.map((sending) => (
        <p
          key={`${sending.address} ${sending.at}`}
          className={classes['reach']}
          data-state={sending.state}
        >
          {sendingWords(sending, reading)}
          {sending.why !== null && <span className={classes['why']}> “{sending.why}”</span>}
        </p>
      ))}
    </li>
  )
}
