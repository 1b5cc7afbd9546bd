/** The other ways beside a decision: ask, write, forward, release; what is used up says so instead. */
import { Button } from '@mantine/core'
import type { CaseForDesk } from '../../contract/desk.ts'
import caseStyles from './case.module.css'
import { DeskKey } from './desk-key.tsx'
import type { Writing } from './use-writing.ts'
import { endsByAnswer, spentWords, waysOf, type Way } from './writing.ts'

interface WayButtonsProps {
  matter: CaseForDesk
  writing: Writing
  onWay: (way: Way) => void
  onRelease: () => void
}

const keys = { ask: '4', write: 'W', forward: 'F' } as const satisfies Record<Way, string>

/** One small button each; the way that is open has none. */
export function WayButtons({ matter, writing, onWay, onRelease }: WayButtonsProps) {
  const words = {
    ask: 'Ask',
    write: endsByAnswer(matter) ? 'Answer' : 'Write',
    forward: 'Forward',
  } as const satisfies Record<Way, string>
  const spent = spentWords(matter)
  return (
    <div className={caseStyles.ways}>
      <div className={caseStyles.wayButtons} role="group" aria-label="Other than deciding">
        {waysOf(matter)
          .filter((way) => way !== writing.way)
          .map((way) => (
            <Button key={way} size="xs" onClick={() => onWay(way)}>
              {words[way]}
              <span style={{ marginLeft: 6 }}>
                <DeskKey keys={[keys[way]]} />
              </span>
            </Button>
          ))}
        {matter.allowed.includes('release') && (
          <Button size="xs" onClick={onRelease}>
            Release
            <span style={{ marginLeft: 6 }}>
              <DeskKey keys={['R']} />
            </span>
          </Button>
        )}
      </div>
      {spent.map((sentence) => (
        <p key={sentence} className="third">
          {sentence}
        </p>
      ))}
    </div>
  )
}
