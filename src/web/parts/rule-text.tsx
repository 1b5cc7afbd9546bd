/** The text of a rule as people read it: its words as they are, its lines broken where the page breaks them. */
import { paragraphsOf } from './paragraphs.ts'
import classes from './rule-text.module.css'

/** Paragraphs stay paragraphs; line ends of the document that it was written in do not show. */
export function RuleText({ text }: { text: string }) {
  return (
    <blockquote className={`written ${classes['rule']}`}>
      {paragraphsOf(text).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </blockquote>
  )
}
