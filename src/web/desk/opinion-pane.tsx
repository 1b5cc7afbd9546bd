/** What one thinks of a claim: one's own alone, until two have said it; and recording that papers were seen. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OpinionForDesk, ProvingForDesk } from '../../contract/desk-claim.ts'
import type { CaseForDesk } from '../../contract/desk.ts'
import { api, query } from '../api.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due, Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import { DeskKey } from './desk-key.tsx'
import { keepOpinion, keptOpinion, type OpinionDraft } from './drafts.ts'

interface OpinionPaneProps {
  matter: CaseForDesk
  proving: ProvingForDesk
}

const saysWords = { yes: 'Yes, it is theirs', no: 'No, not shown' } as const
const identityWords = {
  matches: 'I looked at them and their papers, and it matches',
  differs: 'I looked, and it does not match',
  'not-seen': 'I have not looked at them',
} as const

/** The form, or one's own words, or in the end everybody's. */
export function OpinionPane({ matter, proving }: OpinionPaneProps) {
  const { opinions, mine, allowed, whyNot } = proving
  const mayOpine = allowed.includes('opine')
  return (
    <section className={caseStyles.opinion} aria-labelledby="opinion">
      <h2 id="opinion" className={caseStyles.paneTitle}>
        {titleOf(proving)}
      </h2>
      {opinions.length > 0 ? (
        <Opinions opinions={opinions} />
      ) : (
        mine !== null && (
          <>
            <Said opinion={mine} />
            <p className="second">
              The other part is for somebody else. Neither of you sees what the other thinks until
              both are in. With news, such as another proof or an objection, you may think anew.
            </p>
          </>
        )
      )}
      {proving.state === 'agreed' && proving.handOverAt !== null && (
        <p>
          It is handed over by itself on <Due at={proving.handOverAt} />, unless somebody known
          objects before.
        </p>
      )}
      {mayOpine && <OpinionForm matter={matter} proving={proving} />}
      {!mayOpine && mine === null && opinions.length === 0 && whyNot !== null && <p>{whyNot}</p>}
      {allowed.includes('recordPapers') && <Papers caseId={matter.id} />}
    </section>
  )
}

function titleOf({ opinions, mine, allowed }: ProvingForDesk): string {
  if (opinions.length > 0) return 'What each thought.'
  if (mine !== null) return 'You said what you think.'
  return allowed.includes('opine') ? 'What do you think?' : 'Others decide this one.'
}

function Opinions({ opinions }: { opinions: readonly OpinionForDesk[] }) {
  return (
    <div>
      {opinions.map((opinion) => (
        <Said key={`${opinion.by} ${opinion.at}`} opinion={opinion} />
      ))}
    </div>
  )
}

function Said({ opinion: { by, byMe, says, identity, reasons, at } }: { opinion: OpinionForDesk }) {
  return (
    <div className={caseStyles.said}>
      <p>
        <strong>
          {byMe ? 'You' : by}: {saysWords[says]}
        </strong>{' '}
        <span className="third">
          <Past at={at} />
        </span>
      </p>
      <p className="second">{identityWords[identity].replace(/^I /, byMe ? 'You ' : 'They ')}.</p>
      <blockquote className="written">{reasons}</blockquote>
    </div>
  )
}

/** A query's new state after something was said or recorded. */
function useSaying<Input>(work: (input: Input) => Promise<unknown>, onDone: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: work,
    onSuccess: () => {
      onDone()
      void queries.invalidateQueries({ queryKey: query.desk.getQueue.key() })
      return queries.invalidateQueries({ queryKey: query.desk.getCase.key() })
    },
  })
}

function OpinionForm({ matter, proving }: OpinionPaneProps) {
  const caseId = matter.id
  const [draft, setDraft] = useState(() => keptOpinion(caseId))
  const [wasTried, setTried] = useState(false)
  const send = useSaying(
    (given: { says: 'yes' | 'no'; identity: OpinionForDesk['identity']; reasons: string }) =>
      api.desk.giveOpinion({ caseId, ...given }),
    () => keepOpinion(caseId, null),
  )
  const change = (part: Partial<OpinionDraft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    keepOpinion(caseId, next)
  }
  const { says, identity, reasons } = draft
  const lacks = missingFrom(draft, proving)
  const submit = () => {
    setTried(true)
    if (says === null || identity === null || lacks.length > 0 || send.isPending) return
    send.mutate({ says, identity, reasons: reasons.trim() })
  }
  const { maySay, whyNot } = proving
  return (
    <form
      style={{ display: 'grid', gap: 14 }}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        submit()
      }}
    >
      <p className="second">
        Say it alone: what a colleague thinks stays hidden from you, and yours from them, until both
        are in. The claimant reads the reasons once it is decided.
      </p>
      {!maySay.includes('yes') && whyNot !== null && <p>{whyNot}</p>}
      <fieldset>
        <legend>Is the account theirs?</legend>
        <div className={caseStyles.choice}>
          {maySay.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="opinion-says"
                checked={says === one}
                onChange={() => change({ says: one })}
              />
              {saysWords[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Who they are</legend>
        <div className={`${caseStyles.choice} ${caseStyles.stack}`}>
          {(['matches', 'differs', 'not-seen'] as const).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="opinion-identity"
                checked={identity === one}
                onChange={() => change({ identity: one })}
              />
              {identityWords[one]}
            </label>
          ))}
        </div>
      </fieldset>
      <Textarea
        className={caseStyles.reasons ?? ''}
        label="Your reasons"
        size="sm"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={10_000}
        value={reasons}
        onChange={(event) => change({ reasons: event.currentTarget.value })}
      />
      {send.isError && (
        <ProblemNote error={send.error} safe="Nothing was said, and what you wrote is kept here." />
      )}
      <div>
        <Button
          type="submit"
          variant="filled"
          fullWidth
          loading={send.isPending}
          aria-describedby="opinion-missing"
        >
          Say it
          <span style={{ marginLeft: 8 }}>
            <DeskKey keys={['Ctrl', 'Enter']} />
          </span>
        </Button>
        <p id="opinion-missing" className={caseStyles.missing} role="status">
          {lacks.length === 0
            ? 'Nothing is missing. It cannot be taken back; with news it falls.'
            : wasTried
              ? lacks.join(' ')
              : `Still missing: ${lacks.length} of 3.`}
        </p>
      </div>
    </form>
  )
}

function missingFrom(
  { says, identity, reasons }: OpinionDraft,
  { maySay, needsCare }: ProvingForDesk,
) {
  return [
    (says === null || !maySay.includes(says)) && 'Say whether it is theirs.',
    identity === null && 'Say whether you looked at them.',
    needsCare &&
      says === 'yes' &&
      identity !== null &&
      identity !== 'matches' &&
      'A yes here means that you looked yourself, and that it matches.',
    reasons.trim() === '' && 'Write a sentence of reasons.',
  ].filter((one) => one !== false)
}

/** Papers count once somebody has looked at them and at who shows them. */
function Papers({ caseId }: { caseId: string }) {
  const [reasons, setReasons] = useState('')
  const [isMissing, setMissing] = useState(false)
  const record = useSaying(
    () => api.desk.recordPapers({ caseId, reasons: reasons.trim() }),
    () => setReasons(''),
  )
  return (
    <form
      className={caseStyles.answer}
      onSubmit={(event) => {
        event.preventDefault()
        const isEmpty = reasons.trim() === ''
        setMissing(isEmpty)
        if (!isEmpty && !record.isPending) record.mutate(undefined)
      }}
    >
      <h3 className={caseStyles.claimHead}>You looked at papers, and they match</h3>
      <p className="second">
        At the papers and at who shows them, by video or in person. It counts as one proof, and
        opens nothing alone.
      </p>
      <Textarea
        className={caseStyles.reasons ?? ''}
        label="What you looked at, and how"
        size="sm"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={reasons}
        error={isMissing ? 'Write what you looked at.' : undefined}
        onChange={(event) => {
          setReasons(event.currentTarget.value)
          setMissing(false)
        }}
      />
      {record.isError && <ProblemNote error={record.error} safe="Nothing was recorded." />}
      <Button type="submit" style={{ marginTop: 10 }} loading={record.isPending}>
        Record it as a proof
      </Button>
    </form>
  )
}
