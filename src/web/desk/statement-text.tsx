/** A statement in running words, exactly as mail and print have it. */
import { statementFacts, statementSections, type Statement } from '../../core/statement.ts'
import pageStyles from './page.module.css'

/** Its headings and paragraphs, then the facts in pairs. */
export function StatementText({ statement }: { statement: Statement }) {
  return (
    <div className={`sheet ${pageStyles.paper}`} lang={statement.language}>
      {statementSections(statement).map((section) => (
        <section key={section.heading}>
          <h3>{section.heading}</h3>
          {section.paragraphs.map((paragraph, place) => (
            <p
              key={paragraph}
              style={{ marginTop: 4 }}
              {...(section.written?.includes(place) && { lang: '' })}
            >
              {paragraph}
            </p>
          ))}
        </section>
      ))}
      <dl style={{ marginTop: 16 }}>
        {statementFacts(statement).map(({ label, words }) => (
          <div key={label} className={pageStyles.pairs} style={{ padding: '6px 0' }}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
