/** What happens after an appeal is sent: at once, then by which desk and date. */
import { useQuery } from '@tanstack/react-query'
import { deskInSentence } from '../../core/holding.ts'
import { query } from '../api.ts'
import classes from './after-sending.module.css'

/** Read from the statement, which has it from the procedure in force. */
export function AfterSending({ decisionId }: { decisionId: string }) {
  const told = useQuery(query.seller.getStatement.queryOptions({ input: { decisionId } }))
  const way = told.data?.way
  return (
    <section className={classes['after']} aria-labelledby="after">
      <h2 id="after">After you send it</h2>
      <ol>
        <li>
          <strong>At once</strong> you get a receipt with the number of your case.
        </li>
        {way && (
          <>
            <li>
              <strong>Within {way.within}</strong> a person at {deskInSentence(way.desk)} decides,
              and answers each of your points.
            </li>
            {way.secondLook !== null && (
              <li>
                <strong>If you don’t agree</strong>, {deskInSentence(way.secondLook)} looks again:
                somebody who hasn’t seen it before.
              </li>
            )}
            <li>
              <strong>By {way.answerBy}</strong> you have the last answer, whatever happens.
            </li>
          </>
        )}
      </ol>
      <p className="small third">
        Writing to us never restarts a clock. Silence never counts against you.
      </p>
    </section>
  )
}
