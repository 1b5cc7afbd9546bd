/** The form of an appeal: choose the decisions, answer for each, add evidence, send once. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseForSeller, FileForReader, MeasureForSeller } from '../../contract/case.ts'
import { apiOnce, queryClient } from '../api.ts'
import { MeasureTag } from '../parts/measure-tag.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Moment, Past, useClock } from '../parts/time.tsx'
import { useKept } from '../parts/use-kept.ts'
import { useOnline } from '../parts/use-online.ts'
import { AfterSending } from './after-sending.tsx'
import {
  AppealDraft,
  appealFrom,
  changeObjection,
  changeShown,
  emptyDraft,
  forgetFile,
  looseFiles,
  missingFrom,
  objectionFor,
  type Missing,
  type Track,
} from './appeal-draft.ts'
import classes from './appeal-form.module.css'
import { Evidence } from './evidence.tsx'
import { ExhibitFields } from './exhibit-fields.tsx'
import { KeptWords } from './kept-words.tsx'
import { isAhead, subjectTitle } from './measure-words.ts'
import { fieldId, ObjectionFields } from './objection-fields.tsx'
import { Recheck } from './recheck.tsx'
import { homeQuery } from './seller-shell.tsx'
import { withKey } from './sent-once.ts'
import { useUploads } from './use-uploads.ts'
import { useWhenHere } from './use-when-here.ts'

interface AppealFormProps {
  sellerId: string
  contestable: readonly MeasureForSeller[]
  /** The decisions chosen so far, from the address. */
  chosen: readonly string[]
  /** The track that the reader came for. */
  track: Track | undefined
  onSent: (receipt: CaseForSeller) => void
}

/** Everything typed is kept on the device until the receipt is there. */
export function AppealForm({ sellerId, contestable, chosen, track, onSent }: AppealFormProps) {
  const draft = useKept(`recourse.appeal.${sellerId}`, AppealDraft, emptyDraft)
  const { change } = draft
  const { now } = useClock()
  const [missing, setMissing] = useState<readonly Missing[]>([])
  const isOnline = useOnline()
  const keepFile = useCallback(
    (file: FileForReader, place: string | null) =>
      change((kept) => {
        const next = { ...kept, files: [...kept.files, file] }
        if (place === null) return next
        return changeShown(next, readPlace(place), ({ words, fileIds }) => ({
          words,
          fileIds: [...fileIds, file.id],
        }))
      }),
    [change],
  )
  const uploads = useUploads(draft.value.files.length, keepFile)

  const forget = (id: string) => change((kept) => forgetFile(kept, id))

  const applied = useRef<Track>(undefined)
  useEffect(() => {
    // Who comes by “I have fixed it” finds that chosen, once; what was typed on either track stays.
    if (track === undefined || applied.current === track) return
    applied.current = track
    change((kept) =>
      chosen
        .filter((decisionId) => Object.hasOwn(kept.objections, decisionId))
        .reduce((next, decisionId) => changeObjection(next, decisionId, { track }), kept),
    )
  }, [change, chosen, track])

  const send = useMutation({
    mutationFn: async () => {
      const appeal = appealFrom(chosenDraft, chosen)
      const keyed = withKey(chosenDraft, appeal, () => crypto.randomUUID())
      // Written down before it leaves: a page that is closed meanwhile sends it again under the same key.
      change(() => keyed)
      return apiOnce(keyed.sent.key).seller.fileAppeal(appeal)
    },
    onSuccess: (receipt) => {
      draft.forget()
      void queryClient.invalidateQueries()
      onSent(receipt)
    },
    onError: (error) => {
      // The list then shows the open case instead of the form.
      if (refusalOf(error) === 'already_appealed') void queryClient.invalidateQueries(homeQuery)
    },
  })

  // A track from the address counts for decisions about which nothing was typed yet.
  const chosenDraft = chosen.reduce(
    (kept, decisionId) =>
      Object.hasOwn(kept.objections, decisionId)
        ? kept
        : changeObjection(kept, decisionId, { track: track ?? 'dispute' }),
    draft.value,
  )

  const { filesAre, mayGo } = useWhenHere(uploads, press)
  function press() {
    if (send.isPending) return
    const lacking = missingFrom(chosenDraft, chosen)
    setMissing(lacking)
    const [first] = lacking
    if (first) document.getElementById(fieldId(first.decisionId, first.field))?.focus()
    else if (chosen.length > 0 && mayGo()) send.mutate()
  }

  const measures = contestable.filter(({ decisionId }) => chosen.includes(decisionId))
  return (
    <div className={classes['columns']}>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          press()
        }}
      >
        {chosen.length === 0 && <Choice contestable={contestable} chosen={chosen} />}
        {measures.map((measure) => (
          <fieldset key={measure.decisionId} className={classes['objection']}>
            <legend className={classes['legend']}>{subjectTitle(measure.subject)}</legend>
            <p className={`small second ${classes['about']}`}>
              <MeasureTag measure={measure} />{' '}
              {isAhead(measure, now) ? (
                <>
                  from <Moment at={measure.since} />
                </>
              ) : (
                <>
                  since <Past at={measure.since} />
                </>
              )}
              , under “{measure.policyTitle}”
            </p>
            <ObjectionFields
              decisionId={measure.decisionId}
              kind={measure.subject.kind}
              objection={objectionFor(chosenDraft, measure.decisionId)}
              missing={missing}
              onChange={(objection) => {
                setMissing([])
                change((kept) =>
                  changeObjection(kept, measure.decisionId, {
                    track: objectionFor(kept, measure.decisionId, track).track,
                    ...objection,
                  }),
                )
              }}
            />
            {measure.subject.kind === 'listing' &&
              objectionFor(chosenDraft, measure.decisionId).track === 'remedy' && (
                <Recheck decisionId={measure.decisionId} />
              )}
            <ExhibitFields
              exhibits={measure.exhibits}
              objection={objectionFor(chosenDraft, measure.decisionId)}
              files={draft.value.files}
              sendingFor={(exhibit) =>
                uploads.sending.filter(({ place }) => place === placeOf(measure, exhibit))
              }
              onAdd={(exhibit, files) => uploads.add(files, placeOf(measure, exhibit))}
              onForget={forget}
              onWords={(exhibit, words) =>
                change((kept) =>
                  changeShown(kept, { decisionId: measure.decisionId, exhibit }, ({ fileIds }) => ({
                    words,
                    fileIds,
                  })),
                )
              }
            />
          </fieldset>
        ))}
        {measures.length > 0 && (
          <>
            {contestable.length > 1 && (
              <details className={classes['others']}>
                <summary>
                  {measures.length < contestable.length
                    ? 'Contest other decisions in the same appeal'
                    : 'Choose which decisions to contest'}
                </summary>
                <Choice contestable={contestable} chosen={chosen} />
              </details>
            )}
            <Evidence
              kinds={measures
                .filter(({ exhibits }) => exhibits.length === 0)
                .map(({ subject }) => subject.kind)}
              files={looseFiles(draft.value)}
              sending={uploads.sending.filter(({ place }) => place === null)}
              onAdd={(files) => uploads.add(files)}
              onForget={forget}
            />
            <div className={classes['send']}>
              {!isOnline && (
                <p role="status" className={classes['offline']}>
                  You are offline. Your text is kept on this device; send it when you are back.
                </p>
              )}
              {send.isError && isOnline && (
                <ProblemNote
                  error={send.error}
                  safe={
                    refusalOf(send.error) === null
                      ? 'We couldn’t send it. Your text is kept on this device. Try again in a moment.'
                      : 'Your text is kept on this device.'
                  }
                />
              )}
              {missing.length > 0 && (
                <p role="alert" className={classes['missing']}>
                  {missing.length === 1
                    ? 'One answer is still missing.'
                    : `${missing.length} answers are still missing.`}{' '}
                  {missing[0]?.words}
                </p>
              )}
              <div className="buttons">
                <Button
                  type="submit"
                  variant="filled"
                  loading={send.isPending || filesAre === 'awaited'}
                  className={classes['button'] ?? ''}
                >
                  {measures.length > 1 ? `Send ${measures.length} objections` : 'Send appeal'}
                </Button>
                <KeptWords at={draft.keptAt} filesAre={filesAre} />
              </div>
            </div>
          </>
        )}
      </form>
      <aside>{measures[0] && <AfterSending decisionId={measures[0].decisionId} />}</aside>
    </div>
  )
}

/** The place of a file in the form, by decision and exhibit. */
const placeOf = ({ decisionId }: MeasureForSeller, exhibit: string) => `${decisionId} ${exhibit}`

function readPlace(place: string): { decisionId: string; exhibit: string } {
  const [decisionId = '', exhibit = ''] = place.split(' ')
  return { decisionId, exhibit }
}

/** Which decisions to contest; the address carries the choice. Folded away once there is one to write about. */
function Choice({ contestable, chosen }: Pick<AppealFormProps, 'contestable' | 'chosen'>) {
  const navigate = useNavigate()
  function choose(decisionId: string, isChosen: boolean) {
    const decision = isChosen ? [...chosen, decisionId] : chosen.filter((id) => id !== decisionId)
    void navigate({ to: '/appeal', search: { decision }, replace: true, resetScroll: false })
  }
  return (
    <fieldset className={classes['choice']}>
      <legend>Which decisions do you contest?</legend>
      <p className="small second">Each gets its own answer. You can contest several at once.</p>
      <ul>
        {contestable.map(({ decisionId, subject, tag, policyTitle }) => (
          <li key={decisionId}>
            <label className={classes['decision']}>
              <input
                type="checkbox"
                checked={chosen.includes(decisionId)}
                onChange={(event) => choose(decisionId, event.currentTarget.checked)}
              />
              <span>
                {subjectTitle(subject)}
                <span className="small second">
                  {tag}, under “{policyTitle}”
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
