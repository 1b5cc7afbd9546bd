/** The rule in words, as people wrote it: its beginning at once, all of it on request. */
import { useState } from 'react'
import { paragraphsOf } from '../parts/paragraphs.ts'
import caseStyles from './case.module.css'

/** The text of a policy under its heading. */
export function RuleText({ title, text }: { title: string; text: string }) {
  const [isWhole, setWhole] = useState(false)
  const [first = '', ...rest] = paragraphsOf(text)
  const shown = isWhole ? [first, ...rest] : [first]
  return (
    <div role="group" aria-label={`The rule: ${title}`}>
      <div className={caseStyles.partHead}>
        <h2>The rule, in words</h2>
        {rest.length > 0 && (
          <button
            type="button"
            className="link"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? 'its beginning' : 'full text'}
          </button>
        )}
      </div>
      {shown.map((paragraph) => (
        <p key={paragraph} className={`written ${caseStyles.rule}`}>
          {paragraph}
        </p>
      ))}
    </div>
  )
}
