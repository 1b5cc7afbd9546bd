/** A complaint for its reporter: who has it, what was found, in whose words, and how to contest it. */
import { Button, FileButton, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { createClient, type Client } from '../../contract/client.ts'
import type { ComplaintForReporter } from '../../contract/complaint.ts'
import { capital } from '../../core/capital.ts'
import { findingToReporter } from '../../core/complaint-notice.ts'
import { deskInSentence } from '../../core/holding.ts'
import { queryClient } from '../api.ts'
import { HoldingLine } from '../parts/holding-line.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Due, Moment, Past, useClock } from '../parts/time.tsx'
import { keepReportCode, reportCode, takeCodeFromAddress } from './report-code.ts'
import { ReportFrame } from './report-frame.tsx'
import { ReportKeyForm } from './report-key-form.tsx'
import { kindWords, reportSentence } from './report-words.ts'
import classes from './recovery.module.css'

const here = getRouteApi('/report/$number')

/** A client that shows a code; `key` makes what it posts count once. */
function clientFor(code: string, key?: string): Client {
  return createClient({
    url: window.location.origin,
    headers: () => ({
      'x-recourse-code': code,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }),
  })
}

/** `/report/open` */
export function ReportOpenPage(): ReactNode {
  const go = useNavigate()
  return (
    <ReportFrame canLeave={false}>
      <ReportKeyForm
        number={null}
        error={null}
        onOpen={(number, code) => {
          keepReportCode(number, code)
          void go({ to: '/report/$number', params: { number } })
        }}
      />
    </ReportFrame>
  )
}

/** `/report/$number` */
export function ReportStatusPage(): ReactNode {
  const { number } = here.useParams()
  const [code, setCode] = useState(() => takeCodeFromAddress() ?? reportCode(number))
  const read = useQuery({
    queryKey: ['complaint', number, code],
    enabled: code !== null,
    queryFn: async () => {
      const complaint = await clientFor(code ?? '').report.get({ number })
      keepReportCode(number, code ?? '')
      return complaint
    },
    // While a desk has it, the page follows by itself.
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'closed' ? 5_000 : false),
    gcTime: 0,
  })
  const leave = () => setCode(null)
  if (code === null || refusalOf(read.error) === 'complaint_not_opened')
    return (
      <ReportFrame canLeave={code !== null} onLeave={leave}>
        <ReportKeyForm
          number={number}
          error={read.error}
          onOpen={(_number, given) => setCode(given)}
        />
      </ReportFrame>
    )
  const { data } = read
  if (data === undefined)
    return (
      <ReportFrame canLeave onLeave={leave}>
        <h1 className="heard-only">Opening your complaint</h1>
        {read.isError ? (
          <ProblemNote
            error={read.error}
            safe="Nothing is lost."
            onRetry={() => void read.refetch()}
          />
        ) : (
          <Loading what="your complaint" />
        )}
      </ReportFrame>
    )
  return (
    <ReportFrame canLeave serverNow={data.now} receivedAt={read.dataUpdatedAt} onLeave={leave}>
      <Complaint
        told={data}
        code={code}
        onChange={(next) => queryClient.setQueryData(['complaint', number, code], next)}
        onReload={() => void read.refetch()}
      />
    </ReportFrame>
  )
}

interface ComplaintProps {
  told: ComplaintForReporter
  code: string
  onChange: (next: ComplaintForReporter) => void
  onReload: () => void
}

function Complaint({ told, code, onChange, onReload }: ComplaintProps) {
  const { now, zone } = useClock()
  const { number, finding, words, foundBy, foundAt, state, holding, allowed, contested } = told
  const sentence = reportSentence(told, now, zone)
  return (
    <>
      <PageTitle tab={`Complaint ${number}`} above={`Complaint ${number}: “${told.title}”`}>
        {sentence}
      </PageTitle>
      <p className="heard-only" role="status">
        {sentence}
      </p>
      {(state === 'open' || state === 'asking') && (
        <HoldingLine holding={holding} asked="the seller" />
      )}
      {finding !== null && words !== null && (
        <section className={classes['part']} aria-labelledby="found">
          <h2 id="found">
            {foundBy ?? 'A person'} writes{' '}
            {foundAt !== null && (
              <span className="third">
                <Past at={foundAt} />
              </span>
            )}
          </h2>
          <blockquote className="written sheet" style={{ padding: '16px 20px' }}>
            {words}
          </blockquote>
          <p className="heard-only">{findingToReporter[finding]}</p>
        </section>
      )}
      <Decided told={told} />
      {allowed.includes('contest') && (
        <SecondLook told={told} code={code} onChange={onChange} onReload={onReload} />
      )}
      <section className={classes['part']} aria-labelledby="said">
        <h2 id="said">What you told us</h2>
        <blockquote className="written">{told.text}</blockquote>
        {contested !== null && (
          <>
            <p className="third" style={{ marginTop: 16 }}>
              And when you asked for another look
            </p>
            <blockquote className="written">{contested}</blockquote>
          </>
        )}
        <Files told={told} code={code} onReload={onReload} />
      </section>
      <section className={classes['part']} aria-labelledby="facts">
        <h2 id="facts">Your complaint</h2>
        <dl className={classes['facts']}>
          <dt className="third">Number</dt>
          <dd className="code">{number}</dd>
          <dt className="third">Told us</dt>
          <dd>
            <Past at={told.openedAt} />
          </dd>
          <dt className="third">What is wrong</dt>
          <dd>{kindWords[told.kind].label}</dd>
          {told.orderId !== null && (
            <>
              <dt className="third">Order</dt>
              <dd>{told.orderId}</dd>
            </>
          )}
          {told.address !== null && (
            <>
              <dt className="third">We answer to</dt>
              <dd>{told.address}</dd>
            </>
          )}
          {told.promisedBy !== null && (
            <>
              <dt className="third">Last answer, at worst</dt>
              <dd>
                <Moment at={told.promisedBy} />
              </dd>
            </>
          )}
        </dl>
      </section>
    </>
  )
}

/** What was decided about whoever complains, and how to contest it. */
function Decided({ told }: { told: ComplaintForReporter }) {
  const { measures, setAside, allowed, number } = told
  return (
    <>
      {setAside !== null && (
        <section className={classes['part']} aria-labelledby="aside">
          <h2 id="aside">Why it waits</h2>
          <p>
            What you complain of is set aside until <Due at={setAside.until} />. We told you why
            with your complaint {setAside.number}.{' '}
            {setAside.number !== number && (
              <>
                If you think that this is wrong, open that one with its number and code, and ask for
                another look.
              </>
            )}
          </p>
        </section>
      )}
      {measures.map(({ kind, at, by, until, reasons, lifted }) => (
        <section key={at} className={classes['part']} aria-label={measureNames[kind]}>
          <h2>
            {measureNames[kind]}{' '}
            <span className="third">
              {by}, <Past at={at} />
            </span>
          </h2>
          <blockquote className="written">{reasons}</blockquote>
          <p className="second" style={{ marginTop: 8 }}>
            {lifted !== null ? (
              <>
                {lifted.by} lifted it, <Past at={lifted.at} />: “{lifted.reasons}”
              </>
            ) : (
              <>
                {until === null ? (
                  'What you send is read as before. If more of it is manifestly unfounded, a person may set your complaints aside for a time.'
                ) : (
                  <>
                    What you send until <Moment at={until} /> is kept and read after that. What you
                    say is unsafe is read within hours.
                  </>
                )}{' '}
                {allowed.includes('contest') &&
                  'If you ask for another look below, another person looks at this, too.'}
              </>
            )}
          </p>
        </section>
      ))}
    </>
  )
}

const measureNames = {
  warning: 'A warning',
  'set-aside': 'Your complaints are set aside',
} as const

function Files({ told, code, onReload }: Omit<ComplaintProps, 'onChange'>) {
  const { number, files, allowed } = told
  const send = useMutation({
    mutationFn: (file: File) => clientFor(code).report.addFile({ number, file }),
    onSuccess: onReload,
  })
  return (
    <div style={{ marginTop: 16 }}>
      {files.length > 0 && (
        <ul aria-label="Files" className="second">
          {files.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      )}
      {send.isError && <ProblemNote error={send.error} safe="The rest of it is here." />}
      {allowed.includes('add-file') && (
        <div style={{ marginTop: 8 }}>
          <FileButton
            onChange={(file) => {
              if (file) send.mutate(file)
            }}
            accept="image/*,application/pdf"
            inputProps={{ 'aria-label': 'Add a file or photo' }}
          >
            {(props) => (
              <Button {...props} loading={send.isPending}>
                Add a file or photo
              </Button>
            )}
          </FileButton>
        </div>
      )}
    </div>
  )
}

/** Asking another desk: what is typed stays on this screen. */
function SecondLook({ told, code, onChange, onReload }: ComplaintProps) {
  const { number, secondLookDesk, contestBy } = told
  const [text, setText] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const [isMissing, setMissing] = useState(false)
  const send = useMutation({
    mutationFn: () => clientFor(code, key).report.contest({ number, text }),
    onSuccess: onChange,
  })
  return (
    <section className={classes['part']} aria-labelledby="contest">
      <h2 id="contest">
        {secondLookDesk === null
          ? 'Another look'
          : `${capital(deskInSentence(secondLookDesk))} can look again`}
      </h2>
      <p className="second">
        A person does who has not decided it before
        {contestBy !== null && (
          <>
            . You can ask until <Due at={contestBy} />
          </>
        )}
        .
      </p>
      <form
        className={classes['form']}
        style={{ marginTop: 16 }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const isEmpty = text.trim() === ''
          setMissing(isEmpty)
          if (isEmpty) document.getElementById('contest-text')?.focus()
          else if (!send.isPending) send.mutate()
        }}
      >
        <Textarea
          id="contest-text"
          className="written-input"
          label="What did we miss?"
          value={text}
          error={isMissing ? 'Write a sentence first.' : undefined}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setMissing(false)
          }}
          maxLength={20_000}
          autosize
          minRows={3}
          maxRows={14}
        />
        {send.isError && (
          <ProblemNote error={send.error} safe="What you wrote is still here." onRetry={onReload} />
        )}
        <Button type="submit" variant="filled" loading={send.isPending}>
          Ask them to look again
        </Button>
      </form>
    </section>
  )
}
