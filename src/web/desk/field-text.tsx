/** Words with fields in braces, which stand out as long as nothing has filled them. */
import { Fragment } from 'react'
import macroStyles from './macros.module.css'
import { splitFields } from './macro-words.ts'

export function FieldText({ text }: { text: string }) {
  return (
    <p className={`written ${macroStyles.text}`} dir="auto">
      {splitFields(text).map(({ words, isField }, place) =>
        isField ? (
          <span key={place} className={macroStyles.field}>
            {words}
          </span>
        ) : (
          <Fragment key={place}>{words}</Fragment>
        ),
      )}
    </p>
  )
}
