/** The seller behind a confirmed ring: what people did about its account, and the way to do something. */
import type { RingForDesk } from '../../contract/ring.ts'
import { capital } from '../../core/capital.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Past } from '../parts/time.tsx'
import styles from './ring.module.css'

export function BehindRing({ ring: { id, rival, imposed } }: { ring: RingForDesk }) {
  if (rival === null) return null
  return (
    <section className={`sheet ${styles.undoing}`} aria-labelledby="behind">
      <h2 id="behind">Behind it</h2>
      <p style={{ marginTop: 8 }}>
        Members share things with <strong>{rival.name}</strong>
        {rival.sellsAlike ? ', which sells the same as the seller they complain about' : ''}. That
        alone proves nothing of it.
      </p>
      {imposed.length > 0 && (
        <ul className="points">
          {imposed.map(({ decisionId, number, standing, since }) => (
            <li key={decisionId}>
              <TextLink to="/desk/statements/$decisionId" params={{ decisionId }}>
                {number}
              </TextLink>{' '}
              {capital(standing)}, <Past at={since} />
            </li>
          ))}
        </ul>
      )}
      <div className="buttons" style={{ marginTop: 12 }}>
        <ButtonLink
          to="/desk/sellers/$sellerId"
          params={{ sellerId: rival.id }}
          search={{ ring: id }}
        >
          Do something about that account
        </ButtonLink>
      </div>
      <p className="third" style={{ marginTop: 12 }}>
        What you impose there names this ring as what it leans on. {rival.name} gets a statement and
        an appeal like everyone.
      </p>
    </section>
  )
}
