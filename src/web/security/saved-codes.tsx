/** Saved codes: ten for the day on which phone and key are lost; shown once, to print or keep. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Security } from '../../contract/security.ts'
import { api } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { Past } from '../parts/time.tsx'
import { ChangeNote } from './changing.tsx'
import { useProof } from './proof.tsx'
import { keepSecurity } from './security-query.ts'
import classes from './security.module.css'

interface SavedCodesProps {
  security: Security
  /** What the codes are for, on paper. */
  marketplace: string
}

/** The third part of the page. */
export function SavedCodes({ security, marketplace }: SavedCodesProps) {
  const { savedCodes, passkeys, totp } = security
  const withProof = useProof()
  const make = useMutation({
    mutationFn: () => withProof(() => api.security.makeSavedCodes()),
    onSuccess: (made) => keepSecurity(made.security),
  })
  const hasOther = passkeys.length > 0 || totp !== null
  return (
    <section aria-labelledby="codes">
      <h2 id="codes">Saved codes</h2>
      <p className="second">
        Ten codes on paper for the day on which your phone or key is lost. Each works once in place
        of it.
      </p>
      {savedCodes === null ? (
        !hasOther && (
          <Empty>
            They stand in for a passkey or an app. Once you have one, make your ten here.
          </Empty>
        )
      ) : (
        <p className={classes['state']}>
          {savedCodes.left === 0
            ? 'None is left: make ten new ones.'
            : `${savedCodes.left} of 10 are left.`}{' '}
          <span className="small second">
            Made <Past at={savedCodes.madeAt} />.
          </span>
        </p>
      )}
      {make.data && (
        <Shown
          codes={make.data.codes}
          about={`${marketplace}, ${security.address}`}
          onKept={() => make.reset()}
        />
      )}
      <ChangeNote error={make.error} />
      {hasOther && !make.data && (
        <div className="buttons">
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {savedCodes === null ? 'Make ten codes' : 'Make ten new ones, and end these'}
          </Button>
        </div>
      )}
    </section>
  )
}

function Shown({ codes, about, onKept }: { codes: string[]; about: string; onKept: () => void }) {
  const file = `Saved codes for signing in to ${about}. Each works once.\n\n${codes.join('\n')}\n`
  return (
    <div className={classes['codes']} role="group" aria-label="Your ten codes">
      <p>
        <strong>Keep these now: we can’t show them again.</strong>{' '}
        <span className="second">For {about}. Each works once.</span>
      </p>
      <ol className={classes['codeList']}>
        {codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ol>
      <div className={`buttons ${classes['onScreen']}`}>
        <Button variant="filled" onClick={() => window.print()}>
          Print them
        </Button>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
          download="saved-codes.txt"
        >
          Download
        </Button>
        <Button onClick={onKept}>I have kept them</Button>
      </div>
    </div>
  )
}
